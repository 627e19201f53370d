package io.pbts.reputation.standing;

/**
 * What an account brings along from the contract of the tracker before this one, in bytes. Its initial credit is what was
 * granted there: whoever moves gets no second one.
 *
 * @param up given there
 * @param down taken there
 * @param credit granted there, 0 for none
 */
public record Inheritance(long up, long down, long credit) {
    /** Of a newcomer. */
    public static final Inheritance NOTHING = new Inheritance(0, 0, 0);

    public Inheritance {
        if (up < 0 || down < 0 || credit < 0) {
            throw new IllegalArgumentException(
                    "nobody inherits less than nothing: %d %d %d".formatted(up, down, credit));
        }
    }

    /** The credit as the grant that it was. */
    public Grant grant() {
        return Grant.of(credit);
    }
}
