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

    /** The service as it is named in service tokens: two listeners of one process are one service. */
    public String service() {
        return this == TRACKER ? ANNOUNCE.label() : label();
    }
}
