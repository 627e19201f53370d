package io.pbts.protocol.signin;

/** What a signed message is worth to the one who asked for it. */
public sealed interface SignInVerdict {

    /** It says what was asked, in time, and the key signed it. */
    record Accepted() implements SignInVerdict {}

    /** It does not open anything. */
    record Refused(Refusal refusal) implements SignInVerdict {}

    /** Why, in the order of the checks. The code is what clients read. */
    enum Refusal {
        /** Made for another site: what a phishing page would hand on. */
        WRONG_DOMAIN("wrong-domain"),
        WRONG_CHAIN("wrong-chain"),
        /** The statement is that of another purpose or of another instance. */
        WRONG_PURPOSE("wrong-purpose"),
        WRONG_URI("wrong-uri"),
        /** Another nonce or another address than those of the challenge. */
        CHALLENGE_UNKNOWN("challenge-unknown"),
        /** The challenge ended before the signature came. */
        CHALLENGE_EXPIRED("challenge-expired"),
        /** Past the expiration time in the message. */
        MESSAGE_EXPIRED("message-expired"),
        /** Before its not-before time, or issued in the future. */
        MESSAGE_NOT_YET_VALID("message-not-yet-valid"),
        /** By another key, over other bytes, or in another spelling than the one we take. */
        INVALID_SIGNATURE("invalid-signature");

        private final String code;

        Refusal(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
