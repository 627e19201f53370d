package io.pbts.receipt.report;

import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.receipt.caller.Callers;
import io.pbts.receipt.ledger.Claim;
import io.pbts.receipt.policy.BadSignatureLimit;
import io.pbts.receipt.policy.ReceiptProperties;
import io.pbts.receipt.verification.PostedReport;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes reports of receipts v2, as JSON and in their compact form. Whoever reports earns nothing by it: credit follows the keys. */
@RestController
@Tag(name = "receipts")
class V1ReportController {
    private static final String DOMAIN =
            "what all receipts of the report are signed for, 64 hexadecimal digits; the present domain when absent";

    private final ReceiptProperties properties;
    private final Callers callers;
    private final BadSignatureLimit limit;
    private final ReportDesk desk;

    V1ReportController(ReceiptProperties properties, Callers callers, BadSignatureLimit limit, ReportDesk desk) {
        this.properties = properties;
        this.callers = callers;
        this.limit = limit;
        this.desk = desk;
    }

    @Operation(
            summary = "Report receipts",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = V1Schema.class)),
                                @Content(
                                        mediaType = BinaryReport.MEDIA_TYPE,
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE},
            scope = Scope.REPORT)
    @PostMapping(path = "/api/v1/reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    V1Answer report(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @Parameter(description = DOMAIN) @RequestParam(name = "domain", required = false) @Nullable String domain,
            @RequestBody JsonNode body) {
        long account = admit(caller, passkey);
        PostedReport report = V1Body.read(body, properties.maxReceiptsPerReport());
        return V1Answer.of(desk.judge(account, signedFor(domain, report), Claim.NONE));
    }

    @Allow(
            value = {Who.PASSKEY, Who.SCOPE},
            scope = Scope.REPORT)
    @PostMapping(path = "/api/v1/reports", consumes = BinaryReport.MEDIA_TYPE)
    V1Answer reportBinary(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @Parameter(description = DOMAIN) @RequestParam(name = "domain", required = false) @Nullable String domain,
            @RequestBody byte[] body) {
        long account = admit(caller, passkey);
        PostedReport report = BinaryBody.read(body, properties.maxReceiptsPerReport());
        return V1Answer.of(desk.judge(account, signedFor(domain, report), Claim.NONE));
    }

    private static PostedReport signedFor(@Nullable String domain, PostedReport report) {
        if (domain == null) {
            return report;
        }
        try {
            return report.signedFor(ReceiptDomain.fromHex(domain));
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-domain", "domain is not 64 hexadecimal digits", malformed);
        }
    }

    private long admit(Caller caller, @Nullable String passkey) {
        long account = callers.requireAccount(caller, passkey);
        limit.require(account);
        return account;
    }
}
