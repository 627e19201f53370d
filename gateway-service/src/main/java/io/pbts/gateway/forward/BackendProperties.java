package io.pbts.gateway.forward;

import io.pbts.gateway.route.Owner;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are and how long each may take.
 *
 * @param tracker announce-service's internal listener, the only one that reads the client's address
 * @param announce announce-service's control port
 * @param receipt receipt-service
 * @param reputation reputation-service
 * @param contract contract-service; its writes wait up to 10 s for one confirmation
 */
@Validated
@ConfigurationProperties("pbts.gateway.backends")
public record BackendProperties(
        @Valid Backend tracker,
        @Valid Backend announce,
        @Valid Backend receipt,
        @Valid Backend reputation,
        @Valid Backend contract) {

    /**
     * One service.
     *
     * @param url scheme, host and port
     * @param timeout how long it may be silent after the request was sent
     */
    public record Backend(URI url, @DefaultValue("10s") Duration timeout) {
        public Backend {
            boolean origin = url.getHost() != null
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && (url.getPath().isEmpty() || url.getPath().equals("/"))
                    && url.getQuery() == null;
            if (!origin) {
                throw new IllegalArgumentException("a service's URL is scheme, host and port: " + url);
            }
            if (timeout.compareTo(Duration.ofMillis(10)) < 0 || timeout.compareTo(Duration.ofMinutes(2)) > 0) {
                throw new IllegalArgumentException("a service's timeout is 10 ms to 2 min: " + timeout);
            }
        }

        /** This service's URL with a path and query that are used as they are. */
        public URI at(String target) {
            return URI.create(url.getScheme() + "://" + url.getRawAuthority() + target);
        }
    }

    /** The service that owns a route. */
    public Backend of(Owner owner) {
        return switch (owner) {
            case TRACKER -> tracker;
            case ANNOUNCE -> announce;
            case RECEIPT -> receipt;
            case REPUTATION -> reputation;
            case CONTRACT -> contract;
            case GATEWAY -> throw new IllegalArgumentException("the gateway answers its routes itself");
        };
    }
}
