package io.pbts.agent.tracker;

import java.time.Duration;

/**
 * What a session gives. Does not print.
 *
 * @param access goes with each request
 * @param refresh gets the next tokens, once
 */
public record Tokens(String userId, String access, Duration accessLife, String refresh, Duration refreshLife) {

    @Override
    public String toString() {
        return "Tokens[" + userId + "]";
    }
}
