package io.pbts.receipt.legacy;

import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The routes of the trusted environment, answered as by a tracker that runs in none. */
@RestController
@Tag(name = "trusted environment")
class TeeController {
    private static final String ABSENT =
            "TEE not available: this tracker runs outside a trusted environment (no dstack)";

    @Allow(Who.ANYONE)
    @GetMapping("/tee/status")
    Status status() {
        return new Status(false, "unavailable", ABSENT);
    }

    @ApiResponse(responseCode = "503", description = ABSENT)
    @Allow(Who.ANYONE)
    @PostMapping("/keygen-tee")
    void keygen() {
        throw absent();
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(schema = @Schema(implementation = BodySchemas.GenerateAttestation.class))))
    @ApiResponse(responseCode = "503", description = ABSENT)
    @Allow(Who.ANYONE)
    @PostMapping("/generate-attestation")
    void generate(@RequestBody JsonNode body) {
        JsonFields fields = JsonFields.of(body, "The body");
        require(fields.text("payload").isPresent(), "Missing payload");
        throw absent();
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BodySchemas.VerifyAttestation.class))))
    @ApiResponse(responseCode = "503", description = ABSENT)
    @Allow(Who.ANYONE)
    @PostMapping("/verify-attestation")
    void verifyAttestation(@RequestBody JsonNode body) {
        JsonFields fields = JsonFields.of(body, "The body");
        require(
                fields.hex("quote").isPresent()
                        && fields.text("expected_payload").isPresent(),
                "Missing quote or expected_payload");
        fields.text("pccs_url");
        throw absent();
    }

    private static void require(boolean given, String sentence) {
        if (!given) {
            throw new Refusal(400, "missing-parameters", sentence);
        }
    }

    private static Refusal absent() {
        return new Refusal(503, "tee-unavailable", ABSENT);
    }

    record Status(boolean teeAvailable, String teeMode, String error) {}
}
