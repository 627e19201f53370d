package io.pbts.local.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A private key in PKCS#8 PEM (RFC 7468, section 10), as {@code openssl genpkey} writes it. */
final class PrivateKeyFile {
    private static final String FIRST = "-----BEGIN PRIVATE KEY-----";
    private static final String LAST = "-----END PRIVATE KEY-----";
    private static final int LINE = 64;

    private PrivateKeyFile() {}

    static String text(PrivateKey key) {
        var encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        return FIRST + "\n" + encoder.encodeToString(key.getEncoded()) + "\n" + LAST + "\n";
    }

    /** Empty for what is no such key: it will be replaced. */
    static Optional<PrivateKey> read(String pem) {
        String text = pem.strip();
        if (!text.startsWith(FIRST) || !text.endsWith(LAST)) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(FIRST.length(), text.length() - LAST.length()));
            return Optional.of(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
