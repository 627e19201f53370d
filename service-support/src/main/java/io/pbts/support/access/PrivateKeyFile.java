package io.pbts.support.access;

import com.nimbusds.jose.jwk.Curve;
import io.pbts.support.secret.UnusableSecret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** A P-256 private key in PKCS#8 PEM (RFC 7468, section 10), as {@code openssl genpkey} writes it. */
final class PrivateKeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PrivateKeyFile() {}

    static ECPrivateKey read(String pem) {
        var parts = PEM.matcher(pem.strip());
        if (!parts.matches()) {
            throw new UnusableSecret("it is not a private key in PKCS#8 PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(parts.group(1));
            var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key instanceof ECPrivateKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
                return ec;
            }
        } catch (GeneralSecurityException | IllegalArgumentException quotesTheKey) {
            throw new UnusableSecret("it is not a P-256 private key");
        }
        throw new UnusableSecret("it is not a P-256 private key");
    }
}
