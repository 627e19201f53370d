package io.pbts.reputation.session;

import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway whether the session of an access token is still open. */
@RestController
@Tag(name = "internal")
class ResolveSessionController {
    private final Sessions sessions;

    ResolveSessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    record SessionHolder(AccountId accountId) {}

    /** {@code id} is the token's {@code sid}, 32 hexadecimal digits. */
    @Allow(value = Who.SERVICE, services = "gateway")
    @GetMapping("/internal/v1/sessions/{id}")
    SessionHolder resolve(@PathVariable String id) {
        return SessionId.parse(id)
                .flatMap(sessions::holder)
                .map(SessionHolder::new)
                .orElseThrow(() -> new Refusal(404, "session-ended", "No such session is open"));
    }
}
