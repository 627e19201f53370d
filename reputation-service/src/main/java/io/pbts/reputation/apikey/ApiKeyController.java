package io.pbts.reputation.apikey;

import io.pbts.reputation.apikey.ApiKeyIssue.Issued;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An account's API keys. Only a session makes or revokes one: a stolen key must not make its own successor. */
@RestController
@Tag(name = "API keys")
@RequestMapping("/api/v1/account/api-keys")
@Allow(Who.ACCOUNT)
class ApiKeyController {
    private final ApiKeys keys;
    private final ApiKeyIssue issue;
    private final ApiKeyProperties properties;

    ApiKeyController(ApiKeys keys, ApiKeyIssue issue, ApiKeyProperties properties) {
        this.keys = keys;
        this.issue = issue;
        this.properties = properties;
    }

    record NewApiKey(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable Integer expiresInDays) {}

    /** Shown once and never stored, so it is not printed either. */
    record CreatedApiKey(
            long id,
            String name,
            List<String> scopes,
            long createdAt,
            @Nullable Long expiresAt,
            String key) {
        static CreatedApiKey of(Issued issued) {
            ApiKeyView view = issued.view();
            return new CreatedApiKey(
                    view.id(),
                    view.name(),
                    view.scopes(),
                    view.createdAt(),
                    view.expiresAt(),
                    issued.key().text());
        }

        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    record ApiKeyList(List<ApiKeyView> apiKeys) {}

    @GetMapping
    ApiKeyList list(Caller.Account caller) {
        return new ApiKeyList(keys.of(new AccountId(caller.accountId())));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<CreatedApiKey> create(@RequestBody NewApiKey request, Caller.Account caller) {
        var wanted =
                ApiKeyRequest.read(request.name(), request.scopes(), request.expiresInDays(), properties.maxDays());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(CreatedApiKey.of(issue.issue(caller, wanted)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable long id, Caller.Account caller) {
        if (!keys.revoke(new AccountId(caller.accountId()), id)) {
            throw new Refusal(404, "api-key-unknown", "The account has no such API key");
        }
    }
}
