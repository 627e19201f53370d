package io.pbts.protocol.signin;

import java.util.Optional;

/**
 * A URI with a scheme (RFC 3986, 3). {@code java.net.URI} follows an older grammar and lets other characters pass.
 * Compared as written.
 */
public record AbsoluteUri(String text) {

    public AbsoluteUri {
        if (!Rfc3986.isUri(text)) {
            throw new IllegalArgumentException("not a URI");
        }
    }

    public String scheme() {
        return text.substring(0, text.indexOf(':'));
    }

    /** Empty when the URI names no host, like {@code urn:} and {@code file:///}. */
    public Optional<Authority> authority() {
        return Rfc3986.authorityOf(text)
                .filter(authority -> !Rfc3986.hostOf(authority).isEmpty())
                .map(Authority::new);
    }

    @Override
    public String toString() {
        return text;
    }
}
