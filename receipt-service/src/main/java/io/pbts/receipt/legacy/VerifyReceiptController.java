package io.pbts.receipt.legacy;

import static io.pbts.receipt.legacy.ReceiptForm.field;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.caller.Callers;
import io.pbts.receipt.signature.SignatureCheck;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Says whether a receipt was signed by its receiver, and nothing of what it would earn. It costs a pairing, so outside
 * {@code local} it is for accounts.
 */
@RestController
@Tag(name = "receipts")
class VerifyReceiptController {
    private final Callers callers;
    private final ReceiptForm form;
    private final SignatureCheck signatures;

    VerifyReceiptController(Callers callers, ReceiptForm form, SignatureCheck signatures) {
        this.callers = callers;
        this.form = form;
        this.signatures = signatures;
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BodySchemas.VerifyReceipt.class))))
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.REPORT)
    @PostMapping("/verify-receipt")
    Verdict verify(
            Caller caller,
            @RequestHeader(name = Callers.HEADER, required = false) @Nullable String passkey,
            @RequestBody JsonNode body) {
        callers.requireKnown(caller, passkey);
        JsonFields fields = JsonFields.of(body, "The body");
        var receiver = field("receiver_public_key", fields.base64("receiver_public_key"), AccountKey.Bls::new);
        Bytes signature = field("receipt", fields.base64("receipt"), Function.identity());
        long timestamp =
                field("timestamp", fields.integer("timestamp").filter(seconds -> seconds != 0), Function.identity());
        Receipt receipt = form.read(fields, receiver, timestamp);
        boolean valid = signatures.isSigned(receipt, signature);
        return new Verdict(true, valid, valid ? "Receipt is valid" : "Receipt is invalid");
    }

    record Verdict(boolean success, boolean valid, String message) {}
}
