package io.pbts.receipt.legacy;

import static io.pbts.receipt.legacy.ReceiptForm.field;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Makes keys and signs with them for somebody else, as the original does. A secret key that travels is no secret, so these
 * routes exist in {@code local} only and say so; the agent makes its keys itself.
 */
@RestController
@Tag(name = "keys")
@Profile("local")
class KeyController {
    static final String WARNING =
            "local profile only: a real client makes its keys itself and never sends a private key";

    private final SecureRandom random;
    private final Clock clock;
    private final ReceiptForm form;

    KeyController(SecureRandom random, Clock clock, ReceiptForm form) {
        this.random = random;
        this.clock = clock;
        this.form = form;
    }

    @Allow(Who.LOOPBACK)
    @PostMapping("/keygen")
    ResponseEntity<Keys> keygen() {
        BlsSecretKey key = BlsSecretKey.random(random);
        var keys = new Keys(
                true,
                base64(key.expose()),
                base64(key.publicKey().bytes()),
                "BLS12-381",
                BlsSecretKey.SIZE,
                BlsPublicKey.SIZE,
                WARNING);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(keys);
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BodySchemas.Attest.class))))
    @Allow(Who.LOOPBACK)
    @PostMapping("/attest")
    Attested attest(@RequestBody JsonNode body) {
        JsonFields fields = JsonFields.of(body, "The body");
        BlsSecretKey key =
                field("receiver_private_key", fields.base64("receiver_private_key"), BlsSecretKey::fromBytes);
        long timestamp =
                fields.integer("timestamp").orElseGet(() -> clock.instant().getEpochSecond());
        Receipt receipt = form.read(fields, key.publicKey().accountKey(), timestamp);
        String signature = base64(Bls.sign(key, receipt.signedBytes()).bytes());
        return new Attested(true, signature, timestamp, "Receipt generated successfully", WARNING);
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    record Keys(
            boolean success,
            String privateKey,
            String publicKey,
            String keyType,
            int privateKeySize,
            int publicKeySize,
            String warning) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    record Attested(boolean success, String receipt, long timestamp, String message, String warning) {}
}
