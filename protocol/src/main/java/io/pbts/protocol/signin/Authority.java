package io.pbts.protocol.signin;

/** Who a URI belongs to: {@code [userinfo@]host[:port]} (RFC 3986, 3.2) with a host that is not empty. Compared as written. */
public record Authority(String text) {

    public Authority {
        if (!Rfc3986.isAuthority(text) || Rfc3986.hostOf(text).isEmpty()) {
            throw new IllegalArgumentException("not an authority");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
