package io.pbts.engine.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.engine.Peer;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a handshake's entry {@code pbts} says: whose account one is, and how one deals with receipts.
 *
 * @param attestations that are understood, a sender's favourite first
 * @param debtLimit bytes that one sends ahead of signatures
 * @param batch the most pieces that one signature may cover
 */
record Terms(AccountKey key, List<Attestation> attestations, long debtLimit, int batch) {

    static final String ENTRY = "pbts";

    private static final long VERSION = 2;
    private static final long UNSAID_LIMIT = 16L << 20;
    private static final int MOST_NAMES = 16;

    /** An entry without attestations is from the time when there was one only. */
    private static final List<Attestation> UNSAID = List.of(Attestation.EACH);

    Terms {
        attestations = List.copyOf(attestations);
    }

    static Terms of(AccountKey key, ReceiptPolicy policy) {
        return new Terms(key, policy.attestations(), policy.debtLimit(), policy.batch());
    }

    BencodeValue entry(ReceiptDomain domain) {
        return BDictionary.of(Map.of(
                "version", new BInteger(VERSION),
                "key", new BString(key.bytes()),
                "domain", new BString(domain.bytes()),
                "attestations",
                        new BList(attestations.stream()
                                .<BencodeValue>map(one -> BString.of(one.wireName()))
                                .toList()),
                "debt", new BInteger(debtLimit),
                "batch", new BInteger(batch)));
    }

    /** What the peer said, if it exchanges receipts that count where ours do. */
    static Optional<Terms> of(Peer peer, ReceiptDomain domain) {
        return peer.extensionHandshake()
                .filter(_ -> peer.speaks(ReceiptMessages.BATCH))
                .flatMap(said -> said.dictionary(ENTRY))
                .filter(entry -> entry.integer("version").equals(Optional.of(VERSION)))
                .filter(entry ->
                        entry.string("domain").filter(domain.bytes()::equals).isPresent())
                .flatMap(entry -> entry.string("key").flatMap(Terms::key).map(key -> read(key, entry, peer)));
    }

    private static Terms read(AccountKey key, BDictionary entry, Peer peer) {
        Predicate<Attestation> usable = one -> ReceiptMessages.of(one).stream().allMatch(peer::speaks);
        return new Terms(
                key,
                entry.list("attestations").map(Terms::names).orElse(UNSAID).stream()
                        .filter(usable)
                        .toList(),
                entry.integer("debt").filter(debt -> debt > 0).orElse(UNSAID_LIMIT),
                (int) Math.clamp(
                        entry.integer("batch").orElse((long) ReceiptPolicy.MAX_BATCH), 1L, ReceiptPolicy.MAX_BATCH));
    }

    /** Names that are not known are somebody's later ones. */
    private static List<Attestation> names(List<BencodeValue> said) {
        List<Attestation> known = new ArrayList<>();
        for (BencodeValue one : said.subList(0, Math.min(said.size(), MOST_NAMES))) {
            if (one instanceof BString name) {
                Attestation.ofWireName(new String(name.bytes().toArrayUnsafe(), US_ASCII))
                        .filter(attestation -> !known.contains(attestation))
                        .ifPresent(known::add);
            }
        }
        return known;
    }

    private static Optional<AccountKey> key(Bytes bytes) {
        for (AccountKey.Kind kind : AccountKey.Kind.values()) {
            if (kind.size() == bytes.size()) {
                return Optional.of(AccountKey.of(kind, bytes));
            }
        }
        return Optional.empty();
    }

    /** How the receiver attests what this sender sends it. Both sides come to the same answer. */
    Attestation agreedWith(Terms receiver) {
        Set<Attestation> theirs = Set.copyOf(receiver.attestations());
        return attestations.stream()
                .filter(theirs::contains)
                .filter(one -> one != Attestation.SESSION || receiver.key() instanceof AccountKey.Bls)
                .findFirst()
                .orElse(Attestation.EACH);
    }
}
