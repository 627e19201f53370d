package io.pbts.receipt.facts;

import io.pbts.support.FactUnavailable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/** One question to another service: an answer that cannot be read or understood is as good as none. */
final class Asking {
    static final String REPUTATION = "reputation-service";
    static final String ANNOUNCE = "announce-service";
    static final String CONTRACT = "contract-service";

    private Asking() {}

    static <T> T ask(String owner, Supplier<@Nullable T> question) {
        T answer;
        try {
            answer = question.get();
        } catch (RestClientException | IllegalArgumentException unreadable) {
            throw new FactUnavailable(owner, unreadable);
        }
        if (answer == null) {
            throw new FactUnavailable(owner, null);
        }
        return answer;
    }
}
