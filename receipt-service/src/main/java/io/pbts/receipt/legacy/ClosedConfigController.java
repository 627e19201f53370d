package io.pbts.receipt.legacy;

import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Outside {@code local} nobody configures a tracker over HTTP: the route is as absent as the other unsafe ones. */
@Hidden
@RestController
@Profile("!local")
class ClosedConfigController {

    @Allow(Who.ANYONE)
    @PostMapping("/config")
    void configure() {
        throw new Refusal(404, "http-404", "Not Found");
    }
}
