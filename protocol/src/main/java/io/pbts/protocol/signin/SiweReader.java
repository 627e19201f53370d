package io.pbts.protocol.signin;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.signin.MalformedSiweMessage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a text of EIP-4361 line by line, each line once. */
final class SiweReader {

    private static final int ADDRESS_LENGTH = 42;

    private final String[] lines;
    private int next;

    private SiweReader(String text) {
        this.lines = text.split("\n", -1);
    }

    static SiweMessage read(String text) {
        if (text.length() > SiweMessage.MAX_LENGTH) {
            throw new MalformedSiweMessage(Reason.TOO_LONG);
        }
        if (!text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))) {
            throw new MalformedSiweMessage(Reason.CHARACTER);
        }
        return new SiweReader(text).message();
    }

    private SiweMessage message() {
        String origin = origin();
        int mark = origin.indexOf("://");
        Optional<String> scheme = mark < 0 ? Optional.empty() : Optional.of(origin.substring(0, mark));
        if (scheme.isPresent() && !Rfc3986.isScheme(scheme.get())) {
            throw new MalformedSiweMessage(Reason.SCHEME);
        }
        SiweMessage message = new SiweMessage(
                scheme,
                value(mark < 0 ? origin : origin.substring(mark + 3), Authority::new, Reason.DOMAIN),
                address(),
                statement(),
                value(labelled(SiweMessage.URI, Reason.URI), AbsoluteUri::new, Reason.URI),
                versionAndChain(),
                labelled(SiweMessage.NONCE, Reason.NONCE),
                value(labelled(SiweMessage.ISSUED_AT, Reason.ISSUED_AT), SiweTime::new, Reason.ISSUED_AT),
                optional(SiweMessage.EXPIRATION_TIME).map(text -> value(text, SiweTime::new, Reason.EXPIRATION_TIME)),
                optional(SiweMessage.NOT_BEFORE).map(text -> value(text, SiweTime::new, Reason.NOT_BEFORE)),
                optional(SiweMessage.REQUEST_ID),
                resources());
        if (next < lines.length) {
            throw new MalformedSiweMessage(Reason.UNEXPECTED_LINE);
        }
        return message;
    }

    private String origin() {
        String line = line(Reason.HEADER);
        if (!line.endsWith(SiweMessage.HEADER)) {
            throw new MalformedSiweMessage(Reason.HEADER);
        }
        return line.substring(0, line.length() - SiweMessage.HEADER.length());
    }

    private EthereumAddress address() {
        String line = line(Reason.ADDRESS);
        if (line.length() != ADDRESS_LENGTH) {
            throw new MalformedSiweMessage(Reason.ADDRESS);
        }
        EthereumAddress address = value(line, EthereumAddress::parse, Reason.ADDRESS);
        if (!address.checksummed().equals(line)) {
            throw new MalformedSiweMessage(Reason.ADDRESS);
        }
        return address;
    }

    /** No statement leaves two empty lines, an empty one leaves three. */
    private Optional<String> statement() {
        blank();
        String line = line(Reason.BLANK_LINE);
        if (line.isEmpty() && !(next < lines.length && lines[next].isEmpty())) {
            return Optional.empty();
        }
        blank();
        return Optional.of(line);
    }

    private long versionAndChain() {
        if (!labelled(SiweMessage.VERSION, Reason.VERSION).equals("1")) {
            throw new MalformedSiweMessage(Reason.VERSION);
        }
        String digits = labelled(SiweMessage.CHAIN_ID, Reason.CHAIN_ID);
        if (digits.startsWith("0") || !digits.chars().allMatch(Rfc3986::isDigit)) {
            throw new MalformedSiweMessage(Reason.CHAIN_ID);
        }
        return value(digits, Long::parseLong, Reason.CHAIN_ID);
    }

    private Optional<List<AbsoluteUri>> resources() {
        if (next == lines.length || !lines[next].equals(SiweMessage.RESOURCES)) {
            return Optional.empty();
        }
        next++;
        List<AbsoluteUri> resources = new ArrayList<>();
        while (next < lines.length) {
            if (resources.size() == SiweMessage.MAX_RESOURCES) {
                throw new MalformedSiweMessage(Reason.TOO_MANY_RESOURCES);
            }
            resources.add(value(labelled(SiweMessage.RESOURCE, Reason.RESOURCE), AbsoluteUri::new, Reason.RESOURCE));
        }
        return Optional.of(resources);
    }

    private void blank() {
        if (!line(Reason.BLANK_LINE).isEmpty()) {
            throw new MalformedSiweMessage(Reason.BLANK_LINE);
        }
    }

    private String labelled(String label, Reason otherwise) {
        String line = line(otherwise);
        if (!line.startsWith(label)) {
            throw new MalformedSiweMessage(otherwise);
        }
        return line.substring(label.length());
    }

    private Optional<String> optional(String label) {
        if (next == lines.length || !lines[next].startsWith(label)) {
            return Optional.empty();
        }
        return Optional.of(lines[next++].substring(label.length()));
    }

    private String line(Reason otherwise) {
        if (next == lines.length) {
            throw new MalformedSiweMessage(otherwise);
        }
        return lines[next++];
    }

    private static <T> T value(String text, Function<String, T> type, Reason otherwise) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedSiweMessage(otherwise);
        }
    }
}
