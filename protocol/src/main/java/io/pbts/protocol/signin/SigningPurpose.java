package io.pbts.protocol.signin;

import io.pbts.protocol.receipt.InstanceId;
import java.util.Arrays;
import java.util.Optional;

/** What a signature that names a key is for. The number and the sentence are signed, the name is a wire name and part of a URI: all final. */
public enum SigningPurpose implements SignedRequest {
    SIGN_IN(1, "sign-in", "Sign in to PBTS "),
    REGISTER(2, "register", "Register an account with PBTS "),
    ADD_KEY(3, "add-key", "Add this wallet to your account with PBTS ");

    private final int number;
    private final String wireName;
    private final String sentence;

    SigningPurpose(int number, String wireName, String sentence) {
        this.number = number;
        this.wireName = wireName;
        this.sentence = sentence;
    }

    public int number() {
        return number;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public String statement(InstanceId instance) {
        return sentence + instance.hex() + ".";
    }

    public static Optional<SigningPurpose> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.wireName.equals(name))
                .findFirst();
    }

    static Optional<SigningPurpose> ofNumber(int number) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.number == number)
                .findFirst();
    }
}
