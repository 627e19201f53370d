package io.pbts.receipt.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.receipt.policy.AcceptancePolicy;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The original's open configuration, in {@code local} only: the window of the originals' receipts, until the next start. */
@RestController
@Tag(name = "configuration")
@Profile("local")
class LocalConfigController {
    private final AcceptancePolicy policy;

    LocalConfigController(AcceptancePolicy policy) {
        this.policy = policy;
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BodySchemas.Configure.class))))
    @Allow(Who.LOOPBACK)
    @PostMapping("/config")
    Updated configure(@RequestBody JsonNode body) {
        JsonFields fields = JsonFields.of(body, "The body");
        Optional<Boolean> verify = fields.flag("verify_signatures");
        Optional<Long> window = fields.integer("receipt_window");
        Optional<String> teeMode = fields.text("tee_mode");
        window.ifPresent(LocalConfigController::requireWindow);

        window.ifPresent(policy::setReceiptWindow);
        List<String> warnings = new ArrayList<>();
        if (verify.isPresent() && !verify.get()) {
            warnings.add("verify_signatures stays true: signatures are always verified");
        }
        teeMode.ifPresent(_ -> warnings.add("tee_mode has no effect: this tracker runs without a TEE"));
        return new Updated(true, "Configuration updated", warnings.isEmpty() ? null : String.join("; ", warnings));
    }

    private static void requireWindow(long seconds) {
        if (seconds < 1 || seconds > AcceptancePolicy.MAX_RECEIPT_WINDOW) {
            throw JsonFields.invalid(
                    "receipt_window must be 1 to %d seconds".formatted(AcceptancePolicy.MAX_RECEIPT_WINDOW));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Updated(
            boolean success, String message, @Nullable String warning) {}
}
