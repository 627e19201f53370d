package io.pbts.reputation.account;

import io.pbts.reputation.standing.Standing;
import io.pbts.reputation.standing.Standings;
import io.pbts.reputation.standing.UserIds;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The originals' {@code /user/{user_id}}, with what the gate says of the user. */
@RestController
@Tag(name = "accounts")
class UserController {
    private final Accounts accounts;
    private final Standings standings;

    UserController(Accounts accounts, Standings standings) {
        this.accounts = accounts;
        this.standings = standings;
    }

    record User(
            String userId,
            @Nullable String publicKey,
            long totalUploaded,
            long totalDownloaded,
            @Nullable Double ratio,
            BigDecimal registeredAt,
            long creditBytes,
            long heldBytes,
            long bytesOwed,
            boolean allowed,
            long announcedBytes,
            long unattestedBytes) {

        static User of(Account account, Standing standing) {
            var totals = standing.totals();
            var verdict = standing.verdict();
            return new User(
                    account.user().value(),
                    account.blsKey().map(Bytes::toBase64String).orElse(null),
                    totals.up(),
                    totals.down(),
                    standing.legacyRatio(),
                    fractionalSeconds(account.registeredAt()),
                    totals.credit(),
                    totals.held(),
                    verdict.bytesOwed(),
                    verdict.allowed(),
                    totals.announced(),
                    standing.unattested());
        }

        private static BigDecimal fractionalSeconds(Instant time) {
            return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano() / 1000, 6));
        }
    }

    @Allow(Who.ANYONE)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = User.class)))
    @GetMapping("/user/{user_id}")
    ResponseEntity<Object> user(@PathVariable("user_id") String userId) {
        return UserIds.parse(userId)
                .flatMap(name -> accounts.findByUserId(name.value()))
                .flatMap(account -> standings.ofAccount(account.id()).map(standing -> User.of(account, standing)))
                .map(user -> ResponseEntity.<Object>ok(user))
                .orElseGet(() -> ResponseEntity.status(404).body(Map.of("error", "User not found")));
    }
}
