package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.testing.ApiDocument;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest extends RunningService {

    @Test
    void theDescriptionIsOpenApi31AndHasEveryRouteWithNamesAsOnTheWire() {
        var description = get("/v3/api-docs").body();

        assertThat(description.path("openapi").asString()).startsWith("3.1");
        assertThat(description.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/register",
                        "/user/{user_id}",
                        "/reputation/{address}",
                        "/users",
                        "/agent-tools",
                        "/stats",
                        "/api/v1/instance",
                        "/api/v1/challenges",
                        "/api/v1/sessions",
                        "/api/v1/sessions/refresh",
                        "/api/v1/sessions/current",
                        "/api/v1/account",
                        "/api/v1/account/keys",
                        "/api/v1/account/keys/{kind}/{value}",
                        "/api/v1/account/passkey",
                        "/api/v1/account/api-keys",
                        "/api/v1/account/api-keys/{id}",
                        "/api/v1/accounts/{key}/headroom",
                        "/admin/v1/accounts/{user_id}",
                        "/admin/v1/accounts/{user_id}/auditor-keys",
                        "/admin/v1/accounts/{user_id}/lockout",
                        "/internal/v1/api-keys/resolve",
                        "/internal/v1/sessions/{id}",
                        "/internal/v1/instance",
                        "/internal/v1/policy",
                        "/internal/v1/accounts/resolve",
                        "/internal/v1/announced",
                        "/internal/v1/standings",
                        "/internal/v1/standings/by-passkey/{hash}",
                        "/internal/v1/standings/by-user/{user_id}",
                        "/internal/v1/wallets/acts",
                        "/internal/v1/wallets/{address}",
                        "/internal/v1/enrolments");
        assertThat(description.at("/components/schemas/StandingView/properties").propertyNames())
                .containsExactlyInAnyOrder(
                        "account_id",
                        "user_id",
                        "passkey_hashes",
                        "expiring_passkeys",
                        "allowed",
                        "ratio",
                        "min_ratio",
                        "bytes_owed",
                        "announced");
        ApiDocument.requireCommitted("reputation-service", description);
    }
}
