package io.pbts.announce.torrent;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The registry's settings.
 *
 * @param publicUrl base of the announce URLs that are handed out
 * @param maxIdsPerQuestion torrents that another service may ask about at once
 */
@Validated
@ConfigurationProperties("pbts.torrent")
record TorrentProperties(
        URI publicUrl,
        @DefaultValue("1024") @Min(1) @Max(65_536) int maxIdsPerQuestion) {}
