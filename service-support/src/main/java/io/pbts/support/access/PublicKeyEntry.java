package io.pbts.support.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.pbts.support.secret.UnusableSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One public key of the set. Its {@code kid} names the service and the key's own RFC 7638 thumbprint, so that an entry under
 * a wrong name cannot exist.
 */
final class PublicKeyEntry {
    private static final int MOST_KEYS = 64;
    private static final Pattern KID = Pattern.compile("([a-z]{1,16})\\.([0-9a-f]{16})");

    private final String kid;
    private final String service;
    private final PublicKey key;
    private final JWSVerifier verifier;

    private PublicKeyEntry(String service, ECKey key) throws JOSEException {
        this.kid = kid(service, key);
        this.service = service;
        this.key = key.toPublicKey();
        this.verifier = new ECDSAVerifier(key);
    }

    /** The name that this key of this service must have. */
    static String kid(String service, ECKey key) throws JOSEException {
        byte[] thumbprint = key.computeThumbprint().decode();
        return service + "." + HexFormat.of().formatHex(thumbprint, 0, 8);
    }

    static Map<String, PublicKeyEntry> readSet(String json) {
        JWKSet set;
        try {
            set = JWKSet.parse(json);
        } catch (ParseException quotesTheFile) {
            throw new UnusableSecret("it is not a JWK set");
        }
        if (set.size() > MOST_KEYS) {
            throw new UnusableSecret("it has more than %d keys".formatted(MOST_KEYS));
        }
        var byKid = new HashMap<String, PublicKeyEntry>();
        for (JWK jwk : set.getKeys()) {
            PublicKeyEntry entry = of(jwk);
            byKid.put(entry.kid, entry);
        }
        return Map.copyOf(byKid);
    }

    private static PublicKeyEntry of(JWK jwk) {
        var named = KID.matcher(String.valueOf(jwk.getKeyID()));
        if (!named.matches() || !ServiceKeys.SERVICES.contains(named.group(1))) {
            throw new UnusableSecret("a key of the set is not named <service>.<thumbprint>");
        }
        if (!(jwk instanceof ECKey ec) || !Curve.P_256.equals(ec.getCurve())) {
            throw new UnusableSecret("the key %s is not a P-256 key".formatted(named.group()));
        }
        if (ec.isPrivate()) {
            throw new UnusableSecret("the key %s holds its private half; replace it".formatted(named.group()));
        }
        try {
            var entry = new PublicKeyEntry(named.group(1), ec);
            if (!entry.kid.equals(named.group())) {
                throw new UnusableSecret("the key %s has another thumbprint".formatted(named.group()));
            }
            return entry;
        } catch (JOSEException e) {
            throw new UnusableSecret("the key %s cannot verify".formatted(named.group()));
        }
    }

    String kid() {
        return kid;
    }

    String service() {
        return service;
    }

    JWSVerifier verifier() {
        return verifier;
    }

    /** Whether what this private key signs is what this public key verifies. */
    boolean isTwinOf(ECPrivateKey secret) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            signature.update(probe());
            byte[] signed = signature.sign();
            signature.initVerify(key);
            signature.update(probe());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] probe() {
        return ("pbts key check " + kid).getBytes(StandardCharsets.US_ASCII);
    }
}
