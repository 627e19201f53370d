package io.pbts.protocol.signin;

/** The text is no message of EIP-4361, or not in the one spelling we take. */
public final class MalformedSiweMessage extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The first thing wrong, in the order of the lines. */
    public enum Reason {
        TOO_LONG("the message is longer than 4096 characters"),
        CHARACTER("only printable ASCII and line feeds belong in the message"),
        HEADER("the first line must end with 'wants you to sign in with your Ethereum account:'"),
        SCHEME("the scheme before :// is none of RFC 3986"),
        DOMAIN("the domain is no authority of RFC 3986"),
        ADDRESS("the second line must be an address with its EIP-55 checksum"),
        BLANK_LINE("an empty line must stand after the address and before the URI"),
        STATEMENT("the statement is one line of letters, digits, spaces and -._~:/?#[]@!$&'()*+,;="),
        URI("'URI: ' and a URI of RFC 3986 must come after the statement"),
        VERSION("'Version: 1' must come after the URI"),
        CHAIN_ID("'Chain ID: ' and a positive number of 63 bits without leading zeros must come after the version"),
        NONCE("'Nonce: ' and at least 8 letters and digits must come after the chain id"),
        ISSUED_AT("'Issued At: ' and a date-time of RFC 3339 must come after the nonce"),
        EXPIRATION_TIME("the expiration time is no date-time of RFC 3339"),
        NOT_BEFORE("the not-before time is no date-time of RFC 3339"),
        REQUEST_ID("the request id has characters that no path segment has"),
        RESOURCE("every line after 'Resources:' must be '- ' and a URI of RFC 3986"),
        TOO_MANY_RESOURCES("more than 16 resources"),
        UNEXPECTED_LINE("a line that is unknown, out of order or there twice");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    MalformedSiweMessage(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
