package io.pbts.protocol.signin;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PeerId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a wallet does with one signature. Its statement says all of it, so that a signature for one act is none for another.
 * The wire names and the statements are final.
 */
public sealed interface WalletAct extends SignedRequest {

    /** Enters or leaves a swarm by its address. */
    record Announce(InfoHash infoHash, Event event) implements WalletAct {
        @Override
        public String wireName() {
            return "announce";
        }

        @Override
        public String statement(InstanceId instance) {
            return "Announce %s for %s to PBTS %s.".formatted(event.wireName(), infoHash.hex(), instance.hex());
        }
    }

    /** Says that a BitTorrent client, known by its peer id, is its own. */
    record BindPeer(PeerId peerId) implements WalletAct {
        @Override
        public String wireName() {
            return "bind-peer";
        }

        @Override
        public String statement(InstanceId instance) {
            return "Bind peer_id %s to this wallet with PBTS %s.".formatted(peerId, instance.hex());
        }
    }

    /** What happens in a swarm (BEP 3, {@code event}). The numbers are for whoever stores one: final, too. */
    enum Event {
        STARTED(0),
        STOPPED(1),
        COMPLETED(2);

        private final int number;

        Event(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Event> ofWireName(String name) {
            return Arrays.stream(values())
                    .filter(event -> event.wireName().equals(name))
                    .findFirst();
        }

        public static Optional<Event> ofNumber(int number) {
            return Arrays.stream(values())
                    .filter(event -> event.number == number)
                    .findFirst();
        }
    }
}
