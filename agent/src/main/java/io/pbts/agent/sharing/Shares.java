package io.pbts.agent.sharing;

import io.pbts.agent.cli.Screen;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.tracker.Refused;
import io.pbts.agent.tracker.Registry;
import io.pbts.agent.tracker.Registry.Details;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.protocol.torrent.MetainfoException;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The torrents of a daemon: what the policy names and is not there yet is tried again, each minute. For one thread. */
final class Shares {

    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    private final Policy policy;
    private final Visit visit;
    private final Sharing sharing;
    private final Screen screen;
    private final MadeTorrents made;
    private final Map<String, TorrentSource> present = new LinkedHashMap<>();
    private final Map<String, Long> notBefore = new LinkedHashMap<>();
    private final Set<TorrentId> complete = new LinkedHashSet<>();
    private final Map<String, Path> seeds = new LinkedHashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private long watchedAt = System.nanoTime() - AGAIN;

    Shares(Policy policy, Visit visit, Sharing sharing, Screen screen) {
        this.policy = policy;
        this.visit = visit;
        this.sharing = sharing;
        this.screen = screen;
        this.made = new MadeTorrents(visit.member().folders().state().resolve("made"));
        policy.seed().forEach(path -> seeds.put(path.toString(), path));
        policy.download().forEach(hash -> wanted.add(hash.hex()));
    }

    /** Does what is due, and no longer than one request takes, or the hashing of one file. */
    void tend() throws InterruptedException {
        for (Map.Entry<String, Path> seed : seeds.entrySet()) {
            attempt(seed.getKey(), () -> seed(seed.getValue()));
        }
        watch();
        for (String hash : wanted) {
            attempt(hash, () -> download(hash));
        }
        for (Map.Entry<String, TorrentSource> share : Map.copyOf(present).entrySet()) {
            look(share.getKey(), share.getValue().metainfo().id());
        }
    }

    /** Adds to the wanted what is new under the tags; what this member seeds is not wanted. */
    private void watch() throws InterruptedException {
        long now = System.nanoTime();
        if (now - watchedAt < AGAIN) {
            return;
        }
        watchedAt = now;
        for (String tag : policy.tags()) {
            try {
                wanted.addAll(registry().tagged(tag));
            } catch (IOException | Refused e) {
                screen.tell(
                        "tag-failed",
                        Map.of("tag", tag, "reason", String.valueOf(e.getMessage())),
                        "tag %s: %s; tried again".formatted(tag, e.getMessage()));
            }
        }
        seeds.keySet().forEach(name -> Optional.ofNullable(present.get(name))
                .flatMap(source -> source.metainfo().v1())
                .ifPresent(v1 -> wanted.remove(v1.infoHash().hex())));
    }

    private interface Finding {
        TorrentSource find() throws IOException, InterruptedException, Refused, MetainfoException;
    }

    private void attempt(String name, Finding finding) throws InterruptedException {
        long now = System.nanoTime();
        if (present.containsKey(name) || now - notBefore.getOrDefault(name, now) < 0) {
            return;
        }
        try {
            TorrentSource found = finding.find();
            sharing.add(found);
            present.put(name, found);
            String hash = found.metainfo().v1().orElseThrow().infoHash().hex();
            screen.tell(
                    "torrent-added", Map.of("name", name, "info_hash", hash), "takes part in " + name + ", " + hash);
        } catch (IOException | Refused | MetainfoException | IllegalArgumentException e) {
            failed(name, String.valueOf(e.getMessage()));
        }
    }

    private TorrentSource seed(Path content) throws IOException, InterruptedException, Refused, MetainfoException {
        Path path = content.toRealPath();
        byte[] registered =
                registry().upload(made.of(path), Details.NONE).file().toArrayUnsafe();
        Path folder = path.getParent();
        return source(registered, folder == null ? path : folder);
    }

    private TorrentSource download(String hash) throws IOException, InterruptedException, Refused, MetainfoException {
        Optional<byte[]> registered = registry().torrent(hash);
        if (registered.isEmpty()) {
            throw new IOException("the tracker does not know it");
        }
        TorrentSource source = source(registered.get(), policy.folder());
        long needed = Math.addExact(bytes(source), downloads());
        if (policy.maxDisk() > 0 && needed > policy.maxDisk()) {
            throw new IOException("it would pass max-disk: %d of %d bytes".formatted(needed, policy.maxDisk()));
        }
        return source;
    }

    private TorrentSource source(byte[] torrent, Path folder) throws MetainfoException {
        return TorrentSource.ofFile(torrent, folder, List.of(visit.account().announceUrl()));
    }

    private Registry registry() {
        return visit.api().registry(visit.account());
    }

    private static long bytes(TorrentSource source) {
        return source.metainfo().totalLength();
    }

    private long downloads() {
        return present.entrySet().stream()
                .filter(share -> !seeds.containsKey(share.getKey()))
                .mapToLong(share -> bytes(share.getValue()))
                .sum();
    }

    private void look(String name, TorrentId id) {
        try {
            sharing.requireHope(id);
        } catch (Trouble trouble) {
            sharing.remove(id);
            present.remove(name);
            complete.remove(id);
            failed(name, String.valueOf(trouble.getMessage()));
            return;
        }
        if (sharing.status(id).state() == State.SEEDING && complete.add(id)) {
            screen.tell("torrent-complete", Map.of("name", name), "all of " + name + " is there and served");
        }
    }

    private void failed(String name, String reason) {
        screen.tell("torrent-failed", Map.of("name", name, "reason", reason), name + ": " + reason + "; tried again");
        later(name);
    }

    private void later(String name) {
        notBefore.put(name, System.nanoTime() + AGAIN);
    }

    /** How all of them go. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        long peers = 0;
        long uploaded = 0;
        long downloaded = 0;
        for (TorrentSource source : present.values()) {
            var status = sharing.status(source.metainfo().id());
            peers += status.peers();
            uploaded += status.uploaded();
            downloaded += status.downloaded();
        }
        fields.put("torrents", present.size());
        fields.put("complete", complete.size());
        fields.put("peers", peers);
        fields.put("uploaded", uploaded);
        fields.put("downloaded", downloaded);
        fields.put("receipts_signed", sharing.signed());
        fields.put("receipts_earned", sharing.earned());
        return fields;
    }
}
