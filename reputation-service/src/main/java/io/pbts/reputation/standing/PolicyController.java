package io.pbts.reputation.standing;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the other services show of the policy. */
@RestController
@Tag(name = "internal")
class PolicyController {
    private final Policies policies;
    private final Standings standings;
    private final InitialCreditProperties initialCredit;

    PolicyController(Policies policies, Standings standings, InitialCreditProperties initialCredit) {
        this.policies = policies;
        this.standings = standings;
        this.initialCredit = initialCredit;
    }

    record PolicyView(
            @Schema(format = "decimal") String minRatio,
            long overdraftBytes,
            long initialCreditBytes,
            String initialCreditPolicy,
            long totalUsers) {}

    @Allow(value = Who.SERVICE, services = "receipt")
    @GetMapping("/internal/v1/policy")
    PolicyView policy() {
        Policy policy = policies.current();
        BigDecimal minRatio = policy.shortestMinRatio();
        return new PolicyView(
                minRatio.toPlainString(),
                policy.overdraftBytes(),
                initialCredit.bytes(),
                initialCredit.policy().wireName(),
                standings.accounts());
    }
}
