package io.pbts.protocol.signin;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.signin.MalformedSiweMessage.Reason;
import java.util.List;
import java.util.Optional;

/**
 * A message of EIP-4361, "Sign-In with Ethereum", version 1: what a wallet shows to its owner and signs by
 * {@code personal_sign}. Every message has one text and every text we take one message, so {@link #text()} of a parsed
 * message is what was parsed. {@code docs/protocol.md} says where we take less than the EIP allows.
 *
 * @param scheme of the site, before {@code ://}
 * @param nonce at least 8 letters and digits
 * @param resources empty when there is no such line; the line may stand alone
 */
public record SiweMessage(
        Optional<String> scheme,
        Authority domain,
        EthereumAddress address,
        Optional<String> statement,
        AbsoluteUri uri,
        long chainId,
        String nonce,
        SiweTime issuedAt,
        Optional<SiweTime> expirationTime,
        Optional<SiweTime> notBefore,
        Optional<String> requestId,
        Optional<List<AbsoluteUri>> resources) {

    /** Of the text, in characters, which are bytes. */
    public static final int MAX_LENGTH = 4096;

    public static final int MAX_RESOURCES = 16;

    static final String HEADER = " wants you to sign in with your Ethereum account:";
    static final String URI = "URI: ";
    static final String VERSION = "Version: ";
    static final String CHAIN_ID = "Chain ID: ";
    static final String NONCE = "Nonce: ";
    static final String ISSUED_AT = "Issued At: ";
    static final String EXPIRATION_TIME = "Expiration Time: ";
    static final String NOT_BEFORE = "Not Before: ";
    static final String REQUEST_ID = "Request ID: ";
    static final String RESOURCES = "Resources:";
    static final String RESOURCE = "- ";

    private static final int SHORTEST_NONCE = 8;

    /** Written out, because only a whole message knows how long its text is. */
    public SiweMessage(
            Optional<String> scheme,
            Authority domain,
            EthereumAddress address,
            Optional<String> statement,
            AbsoluteUri uri,
            long chainId,
            String nonce,
            SiweTime issuedAt,
            Optional<SiweTime> expirationTime,
            Optional<SiweTime> notBefore,
            Optional<String> requestId,
            Optional<List<AbsoluteUri>> resources) {
        this.scheme = scheme;
        this.domain = domain;
        this.address = address;
        this.statement = statement;
        this.uri = uri;
        this.chainId = chainId;
        this.nonce = nonce;
        this.issuedAt = issuedAt;
        this.expirationTime = expirationTime;
        this.notBefore = notBefore;
        this.requestId = requestId;
        this.resources = resources.map(List::copyOf);
        requireFields();
        require(text().length() <= MAX_LENGTH, Reason.TOO_LONG);
    }

    /**
     * The message that the text is.
     *
     * @throws MalformedSiweMessage when it is none, or not in the one spelling
     */
    public static SiweMessage parse(String text) {
        return SiweReader.read(text);
    }

    /** What the wallet signs: ASCII, lines ended by line feeds, none after the last line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        scheme.ifPresent(name -> text.append(name).append("://"));
        text.append(domain)
                .append(HEADER)
                .append('\n')
                .append(address.checksummed())
                .append("\n\n");
        statement.ifPresent(line -> text.append(line).append('\n'));
        text.append('\n').append(URI).append(uri);
        line(text, VERSION, "1");
        line(text, CHAIN_ID, Long.toString(chainId));
        line(text, NONCE, nonce);
        line(text, ISSUED_AT, issuedAt.text());
        expirationTime.ifPresent(time -> line(text, EXPIRATION_TIME, time.text()));
        notBefore.ifPresent(time -> line(text, NOT_BEFORE, time.text()));
        requestId.ifPresent(id -> line(text, REQUEST_ID, id));
        resources.ifPresent(list -> {
            line(text, RESOURCES, "");
            list.forEach(resource -> line(text, RESOURCE, resource.text()));
        });
        return text.toString();
    }

    private void requireFields() {
        require(scheme.stream().allMatch(Rfc3986::isScheme), Reason.SCHEME);
        require(statement.stream().allMatch(Rfc3986::isStatement), Reason.STATEMENT);
        require(chainId > 0, Reason.CHAIN_ID);
        require(nonce.length() >= SHORTEST_NONCE, Reason.NONCE);
        require(nonce.chars().allMatch(c -> Rfc3986.isLetter(c) || Rfc3986.isDigit(c)), Reason.NONCE);
        require(requestId.stream().allMatch(Rfc3986::isPathCharacters), Reason.REQUEST_ID);
        require(resources.stream().allMatch(list -> list.size() <= MAX_RESOURCES), Reason.TOO_MANY_RESOURCES);
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append('\n').append(label).append(value);
    }

    private static void require(boolean holds, Reason otherwise) {
        if (!holds) {
            throw new MalformedSiweMessage(otherwise);
        }
    }
}
