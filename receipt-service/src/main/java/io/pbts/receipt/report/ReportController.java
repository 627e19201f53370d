package io.pbts.receipt.report;

import io.pbts.receipt.caller.Callers;
import io.pbts.receipt.policy.ReceiptProperties;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes reports in the tracker seed's JSON. */
@RestController
@Tag(name = "receipts")
class ReportController {
    private final ReceiptProperties properties;
    private final Callers callers;
    private final ReportDesk desk;

    ReportController(ReceiptProperties properties, Callers callers, ReportDesk desk) {
        this.properties = properties;
        this.callers = callers;
        this.desk = desk;
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReportSchema.class))))
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.REPORT)
    @PostMapping("/report")
    ReportAnswer report(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @RequestBody JsonNode body) {
        ReportBody report = ReportBody.read(body, properties.maxReceiptsPerReport());
        return desk.judge(callers.identify(caller, passkey, report.userId()), report);
    }
}
