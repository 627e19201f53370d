package io.pbts.gateway.route;

import java.util.Locale;

/** Who answers a route. The tracker is announce-service's internal listener, announce its control port. */
public enum Owner {
    TRACKER,
    ANNOUNCE,
    RECEIPT,
    REPUTATION,
    CONTRACT,
    GATEWAY;

    /** As it is named in settings and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
