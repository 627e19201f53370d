package io.pbts.gateway.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a service is: it says so itself, it says it is not, or it says nothing. */
enum ServiceState {
    UP,
    DOWN,
    UNREACHABLE;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
