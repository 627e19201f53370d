package io.pbts.protocol.epoch;

/**
 * Where a file is wrong.
 *
 * @param offset of the first byte that is wrong, or of the first that may be
 * @param length bytes among which the wrong ones are; 1 when it is this very byte
 * @param part kind of record, or what of the epoch does not match
 * @param field of that record, or empty when it cannot be told
 * @param problem what is wrong, as the end of a sentence
 */
public record Finding(long offset, long length, String part, String field, String problem) {

    @Override
    public String toString() {
        String where = length == 1 ? "byte " + offset : "bytes %d to %d".formatted(offset, offset + length - 1);
        return field.isEmpty()
                ? "%s: %s %s".formatted(where, part, problem)
                : "%s: %s, %s %s".formatted(where, part, field, problem);
    }
}
