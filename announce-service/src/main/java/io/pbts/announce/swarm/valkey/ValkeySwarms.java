package io.pbts.announce.swarm.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.Change;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.SwarmTotals;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Tallies;
import io.pbts.support.FactUnavailable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Swarms that several nodes share, on one server. Every node sees every peer at once, and an announce is one round trip. Peers
 * are soft state: a server that lost them has them again within one interval. Downloads are counted by the node that saw them end.
 */
final class ValkeySwarms implements Swarms {
    private static final byte[] ONE = {'1'};
    private static final byte[] ZERO = {'0'};
    private static final int TIDIED_AT_ONCE = 1000;
    private static final int SWARMS_AT_ONCE = 500;

    private final RedisAsyncCommands<byte[], byte[]> commands;
    private final Script announce;
    private final Script tidy;
    private final HeldTallies tallies;
    private final Clock clock;
    private final long staySeconds;
    private final byte[] perAccount;
    private final byte[] maxSwarms;
    private final byte[] maxPeers;
    private volatile SwarmTotals totals = new SwarmTotals(0, 0);

    ValkeySwarms(
            StatefulRedisConnection<byte[], byte[]> connection,
            SwarmProperties properties,
            Tallies tallies,
            Clock clock) {
        commands = connection.async();
        announce = new Script("announce.lua", commands);
        tidy = new Script("tidy.lua", commands);
        this.tallies = new HeldTallies(tallies, properties.maxSwarms());
        this.clock = clock;
        staySeconds = properties.stay().toSeconds();
        perAccount = text(properties.perAccount());
        maxSwarms = text(properties.maxSwarms());
        maxPeers = text(properties.maxPeers());
    }

    @Override
    public Taken announce(Announcement announcement, Selection into, Patience patience) {
        Waiter waiter = patience.begin();
        SwarmKey swarm = announcement.swarm().copy();
        boolean stays = isStaying(announcement.change());
        boolean seeds = announcement.seeding();
        var _ = ask(announcement)
                .<Found>thenApply(answer -> {
                    if (stays && Found.hasPlace(answer)) {
                        tallies.present(swarm, seeds, second(), second() + staySeconds);
                    }
                    return Found.ofAnnounce(answer, finished(swarm, Found.isFinish(answer)));
                })
                .exceptionally(_ -> Found.Nothing.AWAY)
                .thenAccept(found -> {
                    if (waiter != null) {
                        waiter.take(found);
                    }
                });
        return waiter == null ? Taken.AWAY : Taken.LATER;
    }

    private int finished(SwarmKey swarm, boolean now) {
        if (now) {
            tallies.finish(swarm);
        }
        return tallies.finished(swarm);
    }

    private CompletionStage<List<Object>> ask(Announcement peer) {
        SwarmKeys keys = SwarmKeys.of(peer.swarm());
        long now = second();
        byte[] member = ByteBuffer.allocate(Long.BYTES + peer.width())
                .putLong(peer.account())
                .put(peer.record(), 0, peer.width())
                .array();
        return announce.run(
                new byte[][] {
                    keys.ipv4(),
                    keys.ipv4Leechers(),
                    keys.ipv6(),
                    keys.ipv6Leechers(),
                    keys.ids(),
                    keys.ofAccount(peer.account()),
                    SwarmKeys.SWARMS,
                    SwarmKeys.PEERS
                },
                new byte[][] {
                    keys.bytes(),
                    member,
                    peer.peerId().clone(),
                    text(now),
                    text(now + staySeconds),
                    word(peer.change()),
                    peer.seeding() ? ONE : ZERO,
                    text(peer.wanted()),
                    peer.isOfOneFamily() ? ONE : ZERO,
                    perAccount,
                    maxSwarms,
                    maxPeers,
                    text(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))
                });
    }

    private static boolean isStaying(Change change) {
        return change == Change.PRESENT || change == Change.COMPLETED;
    }

    private static byte[] word(Change change) {
        String word =
                switch (change) {
                    case PRESENT -> "come";
                    case COMPLETED -> "finish";
                    case GONE -> "leave";
                    case NONE -> "look";
                };
        return word.getBytes(US_ASCII);
    }

    @Override
    public @Nullable List<SwarmCounts> counts(List<SwarmKey> swarms, Patience patience) {
        Waiter waiter = patience.begin();
        if (waiter != null) {
            var _ = countAll(swarms)
                    .<Found>thenApply(Found.Counts::new)
                    .exceptionally(_ -> Found.Nothing.AWAY)
                    .thenAccept(waiter::take);
        }
        return null;
    }

    /** Blocks for as long as the server may take. */
    @Override
    public List<SwarmCounts> count(List<SwarmKey> swarms) {
        try {
            return countAll(swarms).join();
        } catch (CompletionException | CancellationException away) {
            throw new FactUnavailable("the store of swarms", away);
        }
    }

    /** Sent one behind the other, so that all of them take one way there and back. */
    private CompletableFuture<List<SwarmCounts>> countAll(List<SwarmKey> swarms) {
        List<CompletableFuture<SwarmCounts>> each =
                swarms.stream().map(this::countOne).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(_ -> each.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<SwarmCounts> countOne(SwarmKey swarm) {
        SwarmKeys keys = SwarmKeys.of(swarm);
        var alive = Range.from(Boundary.excluding(second()), Boundary.<Long>unbounded());
        CompletableFuture<Long> leechers = sum(keys.ipv4Leechers(), keys.ipv6Leechers(), alive);
        return sum(keys.ipv4(), keys.ipv6(), alive)
                .thenCombine(
                        leechers,
                        (all, incomplete) -> new SwarmCounts(
                                Math.toIntExact(all - incomplete),
                                Math.toIntExact(incomplete),
                                tallies.finished(swarm)));
    }

    private CompletableFuture<Long> sum(byte[] one, byte[] other, Range<Long> alive) {
        return commands.zcount(one, alive).toCompletableFuture().thenCombine(commands.zcount(other, alive), Long::sum);
    }

    /** As of a second ago, at most. */
    @Override
    public SwarmTotals totals() {
        return totals;
    }

    /** Removes peers whose time is over, of the swarms in which there are any, and looks how many are left. Blocks. */
    void sweep() {
        List<byte[]> due;
        do {
            long now = second();
            due = commands.zrangebyscore(
                            SwarmKeys.SWARMS,
                            Range.from(Boundary.<Long>unbounded(), Boundary.including(now)),
                            io.lettuce.core.Limit.from(SWARMS_AT_ONCE))
                    .toCompletableFuture()
                    .join();
            List<CompletableFuture<List<Object>>> tidied = new ArrayList<>();
            due.forEach(swarm -> tidied.add(tidy(swarm, now)));
            tidied.forEach(CompletableFuture::join);
        } while (due.size() == SWARMS_AT_ONCE);
        tallies.letGo(second());
        long swarms = commands.zcard(SwarmKeys.SWARMS).toCompletableFuture().join();
        byte[] peers = commands.get(SwarmKeys.PEERS).toCompletableFuture().join();
        totals = new SwarmTotals(
                Math.toIntExact(swarms), peers == null ? 0 : Integer.parseInt(new String(peers, US_ASCII)));
    }

    private CompletableFuture<List<Object>> tidy(byte[] swarm, long now) {
        var keys = new SwarmKeys(new String(swarm, US_ASCII));
        return tidy.run(
                        new byte[][] {
                            keys.ipv4(),
                            keys.ipv4Leechers(),
                            keys.ipv6(),
                            keys.ipv6Leechers(),
                            keys.ids(),
                            SwarmKeys.SWARMS,
                            SwarmKeys.PEERS
                        },
                        new byte[][] {swarm, text(now), text(TIDIED_AT_ONCE)})
                .toCompletableFuture();
    }

    private long second() {
        return clock.millis() / 1000;
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
