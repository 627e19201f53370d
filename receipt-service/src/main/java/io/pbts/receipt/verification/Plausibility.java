package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.download.Downloads;
import io.pbts.receipt.facts.AccountDirectory;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.facts.SigningPlaces;
import io.pbts.receipt.facts.Torrent;
import io.pbts.receipt.facts.TorrentDirectory;
import io.pbts.receipt.facts.TrackerIdentity;
import io.pbts.receipt.policy.AcceptancePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Everything about receipts that needs no pairing: whose keys, when, for which tracker, for which piece of which torrent.
 * Facts are asked once per report; one that cannot be had fails the report and is never a receipt's fault.
 */
@Component
public class Plausibility {
    private final AccountDirectory accounts;
    private final TorrentDirectory torrents;
    private final Downloads downloads;
    private final TrackerIdentity tracker;
    private final AcceptancePolicy policy;
    private final Clock clock;

    Plausibility(
            AccountDirectory accounts,
            TorrentDirectory torrents,
            Downloads downloads,
            TrackerIdentity tracker,
            AcceptancePolicy policy,
            Clock clock) {
        this.accounts = accounts;
        this.torrents = torrents;
        this.downloads = downloads;
        this.tracker = tracker;
        this.policy = policy;
        this.clock = clock;
    }

    /** Judges each receipt by itself. */
    public Examination examine(List<PostedReceipt> posted) {
        List<PostedReceipt> accepted = posted.stream()
                .filter(receipt -> policy.accepts(receipt.kind()))
                .toList();
        Instant now = clock.instant();
        Optional<SigningPlaces> places = placesFor(accepted, now);
        Map<AccountKey, KnownKey> keys = accounts.resolve(keysOf(accepted));
        var parties = new PartyRules(policy, keys, places, now);
        List<Optional<Finding>> refused = posted.stream().map(parties::refusal).toList();
        PieceRules pieces = pieceRules(posted, refused, parties);
        List<Finding> findings = new ArrayList<>(posted.size());
        for (int i = 0; i < posted.size(); i++) {
            PostedReceipt receipt = posted.get(i);
            findings.add(refused.get(i).orElseGet(() -> pieces.judge(receipt)));
        }
        return new Examination(findings, keys, places);
    }

    private PieceRules pieceRules(List<PostedReceipt> posted, List<Optional<Finding>> refused, PartyRules parties) {
        Set<InfoHash> named = new HashSet<>();
        Set<Long> receivers = new HashSet<>();
        for (int i = 0; i < posted.size(); i++) {
            if (refused.get(i).isEmpty()) {
                named.add(posted.get(i).infoHash());
                receivers.add(parties.known(posted.get(i).receiver()).account().accountId());
            }
        }
        Map<InfoHash, Torrent> known = torrents.find(named);
        Set<TorrentId> ids = known.values().stream().map(Torrent::id).collect(Collectors.toSet());
        return new PieceRules(known, torrents.enabled(ids), downloads.of(ids, receivers), parties);
    }

    /** Only receipts of our own form are signed for a place; without one nobody needs to ask for it. */
    private Optional<SigningPlaces> placesFor(List<PostedReceipt> accepted, Instant now) {
        return accepted.stream()
                .map(PostedReceipt::kind)
                .filter(ReceiptKind::isBound)
                .findFirst()
                .map(kind -> tracker.places(
                        now, Duration.ofSeconds(policy.windowOf(kind).pastSeconds())));
    }

    private static Set<AccountKey> keysOf(List<PostedReceipt> posted) {
        Set<AccountKey> keys = new HashSet<>();
        for (PostedReceipt receipt : posted) {
            keys.add(receipt.sender());
            keys.add(receipt.receiver());
        }
        return keys;
    }
}
