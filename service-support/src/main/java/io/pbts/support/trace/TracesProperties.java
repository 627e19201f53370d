package io.pbts.support.trace;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param url of a collector that takes OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; empty: no traces ({@code PBTS_TRACES_URL})
 * @param share of requests, and of steps of a service's own work, of which a trace is kept, 0 to 1 ({@code PBTS_TRACES_SHARE})
 */
@ConfigurationProperties("pbts.traces")
public record TracesProperties(
        @DefaultValue("") String url, @DefaultValue("0.1") double share) {
    public TracesProperties {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("pbts.traces.share (PBTS_TRACES_SHARE) is 0 to 1: " + share);
        }
        if (!url.isBlank() && !isCollector(url)) {
            throw new IllegalArgumentException(
                    "pbts.traces.url (PBTS_TRACES_URL) is an http(s) address without a name or a password in it");
        }
    }

    /** Whether there are traces at all. */
    public boolean isOn() {
        return !url.isBlank();
    }

    private static boolean isCollector(String url) {
        try {
            URI address = URI.create(url);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
