package io.pbts.acceptance;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The set of public keys that all services of a stack hold ({@code pbts.service-keys}). */
final class PublicKeys {
    private PublicKeys() {}

    static PublicKey read(JsonNode entry) throws GeneralSecurityException {
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(number(entry, "x"), number(entry, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    /** The public key that a service signs with now. */
    static PublicKey of(Part part) {
        String kid = SigningKey.of(part).kid();
        for (JsonNode entry :
                Stack.JSON.readTree(part.secret("pbts.service-keys")).path("keys")) {
            if (entry.path("kid").asString().equals(kid)) {
                try {
                    return read(entry);
                } catch (GeneralSecurityException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no public key named " + kid);
    }

    /** The set of a service with these entries added and the key of this name left out. */
    static String changed(Part part, List<Map<String, String>> added, String without) {
        List<Object> keys = new ArrayList<>();
        for (JsonNode entry :
                Stack.JSON.readTree(part.secret("pbts.service-keys")).path("keys")) {
            if (!entry.path("kid").asString().equals(without)) {
                keys.add(Stack.JSON.convertValue(
                        entry, new tools.jackson.core.type.TypeReference<LinkedHashMap<String, Object>>() {}));
            }
        }
        keys.addAll(added);
        return Stack.JSON.writeValueAsString(Map.of("keys", keys));
    }

    private static BigInteger number(JsonNode entry, String coordinate) {
        return new BigInteger(
                1, Base64.getUrlDecoder().decode(entry.path(coordinate).asString()));
    }
}
