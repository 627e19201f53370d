package io.pbts.agent.key;

/** The password does not open the keystore. */
public final class WrongPassword extends Exception {

    private static final long serialVersionUID = 1L;

    WrongPassword() {
        super("the password does not open the keystore");
    }
}
