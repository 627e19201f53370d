package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/**
 * What a torrent consists of, copied once from announce-service (memory, then database, then the owner), and whether it is
 * enabled now, asked again every few seconds.
 */
@Component
public class TorrentDirectory {
    private final AnnounceClient announce;
    private final TorrentStore store;
    private final Cache<InfoHash, Torrent> torrents;
    private final Cache<InfoHash, Boolean> absent;
    private final Cache<TorrentId, Boolean> enabled;

    TorrentDirectory(AnnounceClient announce, TorrentStore store, FactProperties properties) {
        this.announce = announce;
        this.store = store;
        this.torrents = Caffeine.newBuilder()
                .maximumWeight(properties.torrents().toBytes())
                .weigher((InfoHash _, Torrent torrent) -> torrent.weight())
                .build();
        this.absent = Caffeine.newBuilder()
                .maximumSize(properties.absentTorrents())
                .expireAfterWrite(properties.absentFor())
                .build();
        this.enabled = Caffeine.newBuilder()
                .maximumSize(properties.absentTorrents())
                .expireAfterWrite(properties.fresh())
                .build();
    }

    /** The registered ones among these. */
    public Map<InfoHash, Torrent> find(Set<InfoHash> asked) {
        Map<InfoHash, Torrent> found = new HashMap<>(torrents.getAllPresent(asked));
        Set<InfoHash> missing = new LinkedHashSet<>(asked);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            store.find(missing).forEach(torrent -> remember(torrent, missing, found));
        }
        for (InfoHash infoHash : List.copyOf(missing)) {
            if (absent.getIfPresent(infoHash) == null) {
                copy(infoHash)
                        .ifPresentOrElse(
                                torrent -> remember(torrent, missing, found), () -> absent.put(infoHash, true));
            }
        }
        return found;
    }

    /** Those of these torrents that may earn credit now. */
    public Set<TorrentId> enabled(Collection<TorrentId> asked) {
        Map<TorrentId, Boolean> known = new HashMap<>(enabled.getAllPresent(asked));
        List<TorrentId> missing =
                asked.stream().distinct().filter(id -> !known.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            Set<TorrentId> now = Asking.ask(Asking.ANNOUNCE, () -> askForEnabled(missing));
            missing.forEach(id -> known.put(id, now.contains(id)));
            missing.forEach(id -> enabled.put(id, now.contains(id)));
        }
        Set<TorrentId> enabledNow = new HashSet<>();
        known.forEach((id, state) -> {
            if (state) {
                enabledNow.add(id);
            }
        });
        return enabledNow;
    }

    private Set<TorrentId> askForEnabled(List<TorrentId> asked) {
        var question = new AnnounceClient.TorrentIdsWire(
                asked.stream().map(TorrentId::hex).toList());
        Set<TorrentId> answer = new HashSet<>();
        announce.enabled(question).enabled().forEach(hex -> answer.add(TorrentId.fromHex(hex)));
        return answer;
    }

    private void remember(Torrent torrent, Set<InfoHash> missing, Map<InfoHash, Torrent> found) {
        torrent.infoHashes().forEach(infoHash -> {
            torrents.put(infoHash, torrent);
            if (missing.remove(infoHash)) {
                found.put(infoHash, torrent);
            }
        });
    }

    private Optional<Torrent> copy(InfoHash infoHash) {
        Optional<TorrentFacts> answer = Asking.ask(Asking.ANNOUNCE, () -> {
            try {
                return Optional.of(TorrentFacts.of(announce.torrent(infoHash.hex()), infoHash));
            } catch (HttpClientErrorException.NotFound unregistered) {
                return Optional.empty();
            }
        });
        answer.ifPresent(facts -> {
            store.keep(facts.torrent());
            enabled.put(facts.torrent().id(), facts.enabled());
        });
        return answer.map(TorrentFacts::torrent);
    }
}
