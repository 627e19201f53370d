package io.pbts.reputation.apikey;

import io.pbts.protocol.account.UserId;
import io.pbts.reputation.apikey.ApiKeyController.CreatedApiKey;
import io.pbts.reputation.standing.AccountId;
import io.pbts.reputation.standing.UserIds;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes somebody an auditor: a key that reads everybody's receipts and does nothing else, which only the operator gives. */
@RestController
@Tag(name = "admin")
class AuditorKeyController {
    private static final Logger LOG = LoggerFactory.getLogger(AuditorKeyController.class);

    private final ApiKeys keys;
    private final ApiKeyIssue issue;
    private final ApiKeyProperties properties;

    AuditorKeyController(ApiKeys keys, ApiKeyIssue issue, ApiKeyProperties properties) {
        this.keys = keys;
        this.issue = issue;
        this.properties = properties;
    }

    record NewAuditorKey(@Nullable String name, @Nullable Integer expiresInDays) {}

    @Operation(
            summary = "Make an auditor",
            description =
                    "An API key of that account with scope audit. It is listed and revoked as the account's other keys are, "
                            + "and shown this once.")
    @Allow(Who.ADMIN)
    @PostMapping("/admin/v1/accounts/{user_id}/auditor-keys")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<CreatedApiKey> create(@PathVariable("user_id") String userId, @RequestBody NewAuditorKey request) {
        var wanted =
                ApiKeyRequest.read(request.name(), Set.of(Scope.AUDIT), request.expiresInDays(), properties.maxDays());
        Optional<UserId> user = UserIds.parse(userId);
        AccountId account =
                user.flatMap(keys::account).orElseThrow(() -> new Refusal(404, "unknown-user", "No such account"));
        CreatedApiKey created = CreatedApiKey.of(issue.grant(account, wanted));
        LOG.warn("event=auditor_made by=admin user={} key={}", userId, created.id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(created);
    }
}
