package io.pbts.gateway.management;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;

/** How a request ended, by its status. A tracker's refusal is a bencoded answer with 200 and so a success. */
enum Outcome {
    SUCCESS,
    REFUSED,
    LIMITED,
    FAILED;

    private static final int TOO_MANY = 429;

    /** No status is the default one, 200. */
    static Outcome of(Optional<HttpStatusCode> status) {
        int code = status.map(HttpStatusCode::value).orElse(200);
        if (code == TOO_MANY) {
            return LIMITED;
        }
        if (code >= 500) {
            return FAILED;
        }
        return code >= 400 ? REFUSED : SUCCESS;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
