package io.pbts.local.service;

import java.util.Locale;

/** Who may reach the suite: this machine only, or everybody (docs/architecture.md, profiles). */
public enum Profile {
    LOCAL("127.0.0.1", "127.0.0.1,::1"),
    PRODUCTION("::", "::");

    private final String gatewayAddress;
    private final String trackerAddress;

    Profile(String gatewayAddress, String trackerAddress) {
        this.gatewayAddress = gatewayAddress;
        this.trackerAddress = trackerAddress;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String gatewayAddress() {
        return gatewayAddress;
    }

    String trackerAddress() {
        return trackerAddress;
    }
}
