package io.pbts.reputation.wallet;

import io.pbts.reputation.standing.Policies;
import io.pbts.reputation.wallet.AgentTools.AgentTool;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The variant's {@code /agent-tools}. */
@RestController
@Tag(name = "wallets")
class AgentToolController {
    private final Policies policies;

    AgentToolController(Policies policies) {
        this.policies = policies;
    }

    record AgentToolList(List<AgentTool> tools) {}

    @Operation(summary = "The wallet API as tools of an agent, with what to sign and the ratio that is asked for")
    @Allow(Who.ANYONE)
    @GetMapping("/agent-tools")
    AgentToolList tools() {
        return new AgentToolList(
                AgentTools.of(policies.current().shortestMinRatio().toPlainString()));
    }
}
