package io.pbts.announce.torrent;

import io.pbts.announce.torrent.file.AnnounceUrls;
import io.pbts.announce.torrent.file.CommunityRules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The registry's settings.
 *
 * @param publicUrl base of the announce URLs that are handed out
 * @param publicTracker host and port at which clients reach the direct listener; empty for the host of {@code publicUrl} and the
 *     listener's port, {@code none} when they do not reach it
 * @param source what info dictionaries must have as their {@code source} in production, 1 to 64 characters
 * @param newUploads whether a new torrent is served at once or waits for the operator
 * @param maxIdsPerQuestion torrents that another service may ask about at once
 */
@Validated
@ConfigurationProperties("pbts.torrent")
record TorrentProperties(
        URI publicUrl,

        @DefaultValue("") @Pattern(regexp = "|none|[A-Za-z0-9.-]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+]:[0-9]{1,5}")
        String publicTracker,

        @DefaultValue("PBTS") String source,
        @DefaultValue("approved") NewUploads newUploads,
        @DefaultValue("1024") @Min(1) @Max(65_536) int maxIdsPerQuestion) {

    TorrentProperties {
        var _ = new CommunityRules(source);
    }

    /** What becomes of a new torrent. */
    enum NewUploads {
        /** It is served at once. */
        APPROVED(Moderation.approved),
        /** It waits for the operator. */
        PENDING(Moderation.pending);

        private final Moderation first;

        NewUploads(Moderation first) {
            this.first = first;
        }

        Moderation first() {
            return first;
        }
    }

    CommunityRules rules() {
        return new CommunityRules(source);
    }

    /**
     * Where clients announce.
     *
     * @param port of the direct listener, 0 when it is any free one
     * @param udp whether it takes datagrams
     */
    AnnounceUrls announceUrls(int port, boolean udp) {
        Optional<String> tracker =
                switch (publicTracker) {
                    case "none" -> Optional.empty();
                    case "" ->
                        Optional.ofNullable(publicUrl.getHost())
                                .filter(_ -> port != 0)
                                .map(host -> host + ":" + port);
                    default -> Optional.of(publicTracker);
                };
        return new AnnounceUrls(publicUrl, tracker, udp);
    }
}
