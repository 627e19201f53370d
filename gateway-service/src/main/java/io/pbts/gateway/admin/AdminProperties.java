package io.pbts.gateway.admin;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the operator's listener is.
 *
 * @param address loopback, or outside profile {@code local} a private one ({@code PBTS_ADMIN_ADDRESS})
 * @param port 0 for a free one ({@code PBTS_ADMIN_PORT})
 */
@Validated
@ConfigurationProperties("pbts.gateway.admin")
record AdminProperties(
        @DefaultValue("127.0.0.1") InetAddress address,
        @DefaultValue("8005") @Min(0) @Max(65_535) int port) {

    /** Throws when strangers could reach the listener: its key is the last lock and not the only one. */
    void requirePrivate(boolean local) {
        if (address.isLoopbackAddress() || (!local && isPrivate(address))) {
            return;
        }
        String allowed = local ? "a loopback address" : "a loopback or private address, and never a wildcard";
        throw new IllegalStateException(
                "PBTS_ADMIN_ADDRESS is %s; the admin port needs %s".formatted(address.getHostAddress(), allowed));
    }

    /** RFC 1918, or RFC 4193 for IPv6; link-local addresses are everybody's on the link. */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.isSiteLocalAddress() : (bytes[0] & 0xfe) == 0xfc;
    }
}
