package io.pbts.reputation.account;

import io.pbts.support.access.Caller;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Who must prove what in order to register. Everybody must sign and prove possession of the key, but for callers on the machine
 * itself in profile {@code local}, where the originals' documents register unsigned. What is sent is always checked.
 */
@Component
class ProofRule {
    private final boolean local;

    ProofRule(Environment environment) {
        this.local = environment.acceptsProfiles(Profiles.of("local"));
    }

    boolean demandsProofsFrom(Caller caller) {
        return !local || !caller.isLoopback();
    }
}
