package io.pbts.receipt.report;

import io.pbts.receipt.caller.Callers;
import io.pbts.receipt.policy.ReceiptProperties;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes reports in the JSON of either original. */
@RestController
@Tag(name = "receipts")
class ReportController {
    private final ReceiptProperties properties;
    private final Callers callers;
    private final ReportDesk desk;
    private final VariantReports variant;

    ReportController(ReceiptProperties properties, Callers callers, ReportDesk desk, VariantReports variant) {
        this.properties = properties;
        this.callers = callers;
        this.desk = desk;
        this.variant = variant;
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReportSchema.class))))
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.REPORT)
    @PostMapping("/report")
    ResponseEntity<LegacyAnswer> report(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @RequestBody JsonNode body) {
        JsonFields fields = JsonFields.of(body, "The body");
        if (VariantReports.isMeant(fields)) {
            return variant(callers.account(caller, passkey), fields);
        }
        ReportBody report = ReportBody.read(fields, properties.maxReceiptsPerReport());
        long account = callers.identify(caller, passkey, report.userId());
        return ResponseEntity.ok(ReportAnswer.of(desk.judge(account, report.report(), report.claim())));
    }

    private ResponseEntity<LegacyAnswer> variant(Optional<Long> account, JsonFields fields) {
        try {
            return ResponseEntity.ok(variant.report(account, fields));
        } catch (Refusal refused) {
            var answer = ResponseEntity.status(refused.status());
            refused.retryAfter()
                    .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1)));
            return answer.body(VariantRefusal.of(refused));
        }
    }
}
