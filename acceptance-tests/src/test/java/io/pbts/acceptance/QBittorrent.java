package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** qBittorrent without a desktop, as users see it: by the interface that it serves in the web. */
final class QBittorrent {
    private static final int WEB_PORT = 18_080;

    private QBittorrent() {}

    static Process start(SwarmNet net, int host, Path torrent, Path folder) {
        Path profile = folder.resolve("qbittorrent");
        try {
            Path settings = Files.createDirectories(profile.resolve("qBittorrent/config"));
            Files.writeString(settings.resolve("qBittorrent.conf"), """
                    [LegalNotice]
                    Accepted=true
                    [BitTorrent]
                    Session\\DHTEnabled=false
                    Session\\LSDEnabled=false
                    Session\\PeXEnabled=false
                    Session\\QueueingSystemEnabled=false
                    Session\\Port=%d
                    Session\\UseRandomPort=false
                    Session\\BTProtocol=TCP
                    Session\\InterfaceAddress=%s
                    Session\\GlobalUPSpeedLimit=%d
                    [Network]
                    PortForwardingEnabled=false
                    [Preferences]
                    WebUI\\Enabled=true
                    WebUI\\Address=*
                    WebUI\\Port=%d
                    WebUI\\UseUPnP=false
                    WebUI\\LocalHostAuth=false
                    WebUI\\AuthSubnetWhitelistEnabled=true
                    WebUI\\AuthSubnetWhitelist=%s
                    WebUI\\HostHeaderValidation=false
                    WebUI\\CSRFProtection=false
                    """.formatted(
                            TorrentProgram.PORT,
                            SwarmNet.v4(host),
                            TorrentProgram.BYTES_PER_SECOND / 1000,
                            WEB_PORT,
                            SwarmNet.NETWORKS.replaceAll(",.*", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return net.on(
                host,
                folder.resolve("qbittorrent.log").toFile(),
                List.of(
                        "env",
                        "HOME=" + profile,
                        "qbittorrent-nox",
                        "--profile=" + profile,
                        "--save-path=" + folder,
                        "--skip-dialog=true",
                        torrent.toString()));
    }

    /** What it shows beside its tracker; empty before it has heard from it. */
    static String trackerMessage(int host, String infoHash) {
        Http web = new Http(URI.create("http://%s:%d".formatted(SwarmNet.v4(host), WEB_PORT)));
        try {
            for (JsonNode tracker : web.get("/api/v2/torrents/trackers?hash=" + infoHash)
                    .expect(200)
                    .json()) {
                if (tracker.path("url").asString().startsWith("http")) {
                    return tracker.path("msg").asString();
                }
            }
            return "";
        } catch (UncheckedIOException | AssertionError notYet) {
            return "";
        }
    }
}
