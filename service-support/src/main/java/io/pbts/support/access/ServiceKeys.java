package io.pbts.support.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.security.interfaces.ECPrivateKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keys that services sign with: this one's private key and everybody's public keys, both from mounted secrets and both
 * replaced without a restart. The private key's public half must be in the set, so that a rotation that is only half
 * mounted changes nothing.
 */
public final class ServiceKeys {
    /** This service's own private key: PKCS#8 PEM, P-256. */
    public static final String OWN = "pbts.service-key";

    /** Everybody's public keys: a JWK set, several keys per service while one is rotated. */
    public static final String EVERYBODYS = "pbts.service-keys";

    /** The services of the suite, as they are called in tokens. */
    public static final Set<String> SERVICES = Set.of("gateway", "announce", "receipt", "reputation", "contract");

    private final String service;
    private final Supplier<Current> current;

    public ServiceKeys(String service, MountedSecrets secrets) {
        if (!SERVICES.contains(service)) {
            throw new IllegalArgumentException(
                    "pbts.service-name is %s; it must be one of %s".formatted(service, SERVICES));
        }
        this.service = service;
        this.current = secrets.watch(Set.of(OWN, EVERYBODYS), this::read);
    }

    /** This service's name in tokens. */
    public String service() {
        return service;
    }

    Current current() {
        return current.get();
    }

    private Current read(Map<String, Secret> secrets) {
        Secret own = secrets.get(OWN);
        Secret everybodys = secrets.get(EVERYBODYS);
        if (own == null || everybodys == null) {
            throw new UnusableSecret("the file %s is missing".formatted(own == null ? OWN : EVERYBODYS));
        }
        Map<String, PublicKeyEntry> byKid = PublicKeyEntry.readSet(everybodys.reveal());
        ECPrivateKey key = PrivateKeyFile.read(own.reveal());
        String kid = byKid.values().stream()
                .filter(entry -> entry.service().equals(service) && entry.isTwinOf(key))
                .map(PublicKeyEntry::kid)
                .findFirst()
                .orElseThrow(() -> new UnusableSecret(
                        "%s has no key of %s that belongs to %s".formatted(EVERYBODYS, service, OWN)));
        return new Current(kid, signer(key), byKid);
    }

    private static JWSSigner signer(ECPrivateKey key) {
        try {
            return new ECDSASigner(key, Curve.P_256);
        } catch (JOSEException e) {
            throw new UnusableSecret("its key cannot sign");
        }
    }

    /** One consistent state of both files; identity says whether a thing was judged by these keys. */
    static final class Current {
        private final String kid;
        private final JWSSigner signer;
        private final Map<String, PublicKeyEntry> byKid;

        private Current(String kid, JWSSigner signer, Map<String, PublicKeyEntry> byKid) {
            this.kid = kid;
            this.signer = signer;
            this.byKid = byKid;
        }

        String kid() {
            return kid;
        }

        JWSSigner signer() {
            return signer;
        }

        Optional<PublicKeyEntry> find(String named) {
            return Optional.ofNullable(byKid.get(named));
        }
    }
}
