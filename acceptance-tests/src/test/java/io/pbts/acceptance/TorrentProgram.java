package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real BitTorrent client on a host of {@link SwarmNet}, with the tracker as its only source of peers. */
interface TorrentProgram {
    int PORT = 51_413;
    int BYTES_PER_SECOND = 12_000_000;

    /** Starts on the host with one torrent; what lies in the folder already is seeded. */
    Process start(SwarmNet net, int host, Path torrent, Path folder);

    TorrentProgram ARIA2 = (net, host, torrent, folder) -> net.on(
            host,
            folder.resolve("aria2.log").toFile(),
            List.of(
                    "aria2c",
                    "--no-conf",
                    "--enable-dht=false",
                    "--enable-dht6=false",
                    "--bt-enable-lpd=false",
                    "--enable-peer-exchange=false",
                    "--listen-port=" + PORT,
                    "--dir=" + folder,
                    "--file-allocation=none",
                    "--seed-ratio=0.0",
                    "--check-integrity=true",
                    "--bt-hash-check-seed=true",
                    "--max-overall-upload-limit=" + BYTES_PER_SECOND,
                    "--summary-interval=0",
                    "--console-log-level=notice",
                    torrent.toString()));

    TorrentProgram TRANSMISSION = (net, host, torrent, folder) -> {
        Path config = folder.resolve("transmission");
        Path watched = folder.resolve("watched");
        try {
            Files.createDirectories(config);
            Files.createDirectories(watched);
            Map<String, Object> settings = new java.util.LinkedHashMap<>();
            for (String off : List.of(
                    "dht-enabled",
                    "lpd-enabled",
                    "pex-enabled",
                    "utp-enabled",
                    "port-forwarding-enabled",
                    "rpc-enabled",
                    "incomplete-dir-enabled")) {
                settings.put(off, false);
            }
            settings.put("peer-port", PORT);
            settings.put("download-dir", folder.toString());
            settings.put("watch-dir-enabled", true);
            settings.put("watch-dir", watched.toString());
            settings.put("speed-limit-up-enabled", true);
            settings.put("speed-limit-up", BYTES_PER_SECOND / 1000);
            settings.put("message-level", 3);
            Files.writeString(config.resolve("settings.json"), Stack.JSON.writeValueAsString(settings));
            Files.copy(torrent, watched.resolve("it.torrent"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return net.on(
                host,
                folder.resolve("transmission.log").toFile(),
                new ArrayList<>(List.of("transmission-daemon", "-f", "-g", config.toString())));
    };

    /** On its IPv4 address only; what its trackers say is asked at {@link QBittorrent}. */
    TorrentProgram QBITTORRENT = QBittorrent::start;

    TorrentProgram LIBTORRENT_V4 =
            (net, host, torrent, folder) -> libtorrent(net, host, torrent, folder, SwarmNet.v4(host));

    TorrentProgram LIBTORRENT_V6 =
            (net, host, torrent, folder) -> libtorrent(net, host, torrent, folder, SwarmNet.v6(host));

    /** The interpreter is Debian's, whose package has the bindings. */
    private static Process libtorrent(SwarmNet net, int host, Path torrent, Path folder, String address) {
        Path script = Stack.HOME.resolve("acceptance-tests/src/test/python/libtorrent_client.py");
        return net.on(
                host,
                folder.resolve("libtorrent.log").toFile(),
                List.of(
                        "/usr/bin/python3",
                        script.toString(),
                        torrent.toString(),
                        folder.toString(),
                        address,
                        String.valueOf(PORT),
                        String.valueOf(BYTES_PER_SECOND)));
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
