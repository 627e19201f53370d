package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static io.pbts.receipt.ledger.LedgerFixture.seen;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.ledger.LedgerFixture.Seen;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One party with many identities against the real ledger. It knows the rule and keeps its own books of what its identities
 * may still sign for, so that nothing of it is ever held before it takes; what it gained is read from the ledger alone.
 * Everything counts in pieces of 1 MiB.
 */
final class Coalition {
    private static final int BATCH = 1000;
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** The tracker's terms, in pieces. */
    record Terms(String minRatio, long credit, long overdraft, int pairCap) {
        long bytes(long pieces) {
            return pieces * MIB;
        }
    }

    private final LedgerFixture fixture;
    private final Terms terms;
    private final List<Peer> members;
    private final List<Peer> honest;
    private final long[] up;
    private final long[] down;
    private final int[] nextPiece;
    private final int[] taken;
    private final List<LedgerEntry> pending = new ArrayList<>();
    private final Map<Seen, Long> outcomes = new HashMap<>();

    Coalition(LedgerFixture fixture, Terms terms, List<Peer> members, List<Peer> honest) {
        this.fixture = fixture;
        this.terms = terms;
        this.members = members;
        this.honest = honest;
        this.up = new long[members.size()];
        this.down = new long[members.size()];
        this.nextPiece = new int[members.size()];
        this.taken = new int[members.size()];
    }

    int size() {
        return members.size();
    }

    /** One identity signs for a piece from another, if that is credited now. */
    boolean wash(int sender, int receiver) {
        if (!mayReceive(receiver)) {
            return false;
        }
        up[sender]++;
        down[receiver]++;
        report(fixture.entry(members.get(sender), members.get(receiver), nextPiece[receiver]++));
        return true;
    }

    /** The same in vain: the pair has had its share. The piece stays unpaid. */
    void washOverTheCap(int sender, int receiver) {
        report(fixture.entry(members.get(sender), members.get(receiver), nextPiece[receiver]));
        flush();
    }

    /** One piece from somebody honest, if that is credited now; each of them in turn for a day's share. */
    boolean take(int receiver) {
        if (!mayReceive(receiver)) {
            return false;
        }
        down[receiver]++;
        takeAnyway(receiver);
        return true;
    }

    /** Somebody honest sends a piece that the identity has signed for already. */
    void takeAgain(int receiver, int piece) {
        report(fixture.entry(honest.getFirst(), members.get(receiver), piece));
    }

    /** Takes whatever is credited to the last piece, and one piece more. */
    void takeAll() {
        for (int receiver = 0; receiver < size(); receiver++) {
            boolean more = true;
            while (more) {
                more = take(receiver);
            }
            takeAnyway(receiver);
        }
        flush();
    }

    private void takeAnyway(int receiver) {
        Peer sender = honest.get(taken[receiver]++ / terms.pairCap());
        report(fixture.entry(sender, members.get(receiver), nextPiece[receiver]++));
    }

    private boolean mayReceive(int receiver) {
        return new BigDecimal(terms.minRatio())
                        .multiply(BigDecimal.valueOf(down[receiver] + 1))
                        .compareTo(BigDecimal.valueOf(terms.credit() + terms.overdraft() + up[receiver]))
                <= 0;
    }

    private void report(LedgerEntry entry) {
        pending.add(entry);
        if (pending.size() >= BATCH) {
            flush();
        }
    }

    void flush() {
        if (!pending.isEmpty()) {
            Redemption done = fixture.redeem(members.getFirst(), List.copyOf(pending));
            seen(done).values().forEach(seen -> outcomes.merge(seen, 1L, Long::sum));
            pending.clear();
        }
    }

    long overTheCap() {
        return outcomes.getOrDefault(Seen.OVER_PAIR_CAP, 0L);
    }

    /** Bytes credited to honest senders at the coalition's debit, less those that it gave to anybody honest. */
    long gain() {
        return credited(honest, members) - credited(members, honest);
    }

    long washed() {
        return credited(members, members);
    }

    private long credited(List<Peer> senders, List<Peer> receivers) {
        return fixture.world
                .admin()
                .sql("""
                        select coalesce(sum(r.bytes), 0)::bigint
                          from receipt.credit c join receipt.receipt_key r on r.receipt_seq = c.receipt_seq
                         where r.sender_id = any (:senders) and r.receiver_id = any (:receivers)""")
                .param("senders", ids(senders))
                .param("receivers", ids(receivers))
                .query(Long.class)
                .single();
    }

    private static SqlArrayValue ids(List<Peer> peers) {
        return new SqlArrayValue("bigint", peers.stream().map(Peer::id).toArray());
    }

    /** Many accounts at once. They share a secret: the ledger verifies no signature. */
    static List<Peer> newcomers(World world, int count, long creditBytes) {
        BlsSecretKey secret = World.secret();
        Passkey passkey = Passkey.generate(new SecureRandom());
        return world
                .admin()
                .sql("""
                        with made as (
                            insert into reputation.account (user_id, chain_account, registered_at)
                            select 'crowd-' || :from + n, sha256(('crowd-' || :from + n)::bytea), now()
                              from generate_series(1, :count) n
                            returning account_id, user_id, chain_account),
                        opened as (
                            insert into reputation.total (account_id, credit, grant_state)
                            select account_id, :credit, 'granted' from made)
                        select account_id, user_id, chain_account from made order by account_id""")
                .param("from", NAMES.getAndAdd(count))
                .param("count", count)
                .param("credit", creditBytes)
                .query((row, _) -> new Account(
                        row.getLong("account_id"),
                        row.getString("user_id"),
                        ChainAccount.ofBytes(row.getBytes("chain_account"))))
                .list()
                .stream()
                .map(account -> new Peer(secret, secret.publicKey().accountKey(), account, passkey, true))
                .toList();
    }
}
