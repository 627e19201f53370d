package io.pbts.contract.succession;

import io.pbts.protocol.account.EthereumAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Changes of the settlement contract. That there is one at a time is an index. */
@Repository
public class Successions {
    private static final String SELECT = """
            select predecessor, successor, submission_id, state, asked_at, left_at from succession\s""";

    /** Whatever the old ledger was asked is final, and it holds whole epochs. */
    private static final String DRAINED = """
            select not exists (select from submission b
                    where b.destination = :ledger and b.state in ('queued', 'submitted', 'mined'))
                and not exists (select from settlement s where s.state <> 'final')
                and coalesce((select s.complete from settlement s order by s.seq desc limit 1), true)""";

    private static final String LEAVE = """
            update succession set state = 'done', left_at = :now,
                settlements = (select coalesce(max(seq), 0) from settlement)
            where state = 'draining' and predecessor = :predecessor""";
    private static final String MOVE = """
            update chain_identity i set settlement = s.successor, settled_before = s.settlements
            from succession s where s.predecessor = :predecessor and i.settlement = s.predecessor""";

    /** Everybody whom the old ledger knows is copied: a ledger reads one hop back and no further. */
    private static final String COPY_EVERYBODY = """
            insert into history_account (chain_account, found_at)
            select chain_account, :now from enrolment where state = 'enrolled'
            union select chain_account, :now from credit_delta
            on conflict (chain_account) do update set state = 'found', failures = 0, submission_id = null
            where history_account.state = 'copied'""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Successions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The one that is under way. */
    public Optional<Succession> open() {
        return query("where state <> 'done'").stream().findFirst();
    }

    /** Those that are done, the last one first. */
    public List<Succession> done() {
        return query("where state = 'done' order by succession_id desc");
    }

    /** Whether this was our settlement contract before. */
    public boolean wasOurs(EthereumAddress ledger) {
        return done().stream().anyMatch(past -> past.predecessor().equals(ledger));
    }

    /** Whether accounts of the tracker before this one are still being copied into the present ledger. */
    boolean isHistoryOpen() {
        return jdbc.sql("select exists (select from history_account where state in ('found', 'submitted'))")
                .query(Boolean.class)
                .single();
    }

    /** Begins one; a second at a time throws {@code DuplicateKeyException}. */
    void begin(EthereumAddress predecessor, Optional<EthereumAddress> successor, OptionalLong submission) {
        jdbc.sql("""
                        insert into succession (predecessor, successor, submission_id, state, asked_at)
                        values (:predecessor, :successor, :submission, :state, :now)""")
                .param("predecessor", predecessor.bytes().toArray())
                .param(
                        "successor",
                        successor.map(address -> address.bytes().toArray()).orElse(null),
                        Types.BINARY)
                .param("submission", submission.isPresent() ? submission.getAsLong() : null, Types.BIGINT)
                .param("state", stored(successor.isPresent() ? Succession.State.DRAINING : Succession.State.CREATING))
                .param("now", now())
                .update();
    }

    /** The successor is there. */
    void created(EthereumAddress predecessor, EthereumAddress successor) {
        jdbc.sql("""
                update succession set successor = :successor, state = 'draining'
                where predecessor = :predecessor and state = 'creating'""")
                .param("predecessor", predecessor.bytes().toArray())
                .param("successor", successor.bytes().toArray())
                .update();
    }

    /** There will be no successor; everything goes on in the old ledger. */
    void abandon(EthereumAddress predecessor) {
        jdbc.sql("delete from succession where predecessor = :predecessor and state <> 'done'")
                .param("predecessor", predecessor.bytes().toArray())
                .update();
    }

    /** Leaves the old ledger if nothing of it is open. One transaction, so that no crash finds us between two ledgers. */
    @Transactional
    public boolean leave(EthereumAddress predecessor) {
        boolean drained = jdbc.sql(DRAINED)
                .param("ledger", predecessor.bytes().toArray())
                .query(Boolean.class)
                .single();
        if (!drained) {
            return false;
        }
        byte[] address = predecessor.bytes().toArray();
        jdbc.sql(LEAVE).param("now", now()).param("predecessor", address).update();
        int moved = jdbc.sql(MOVE).param("predecessor", address).update();
        if (moved != 1) {
            throw new IllegalStateException("the settlement contract is not " + predecessor);
        }
        jdbc.sql(COPY_EVERYBODY).param("now", now()).update();
        return true;
    }

    private List<Succession> query(String condition) {
        return jdbc.sql(SELECT + condition).query((row, _) -> succession(row)).list();
    }

    private static Succession succession(ResultSet row) throws SQLException {
        return new Succession(
                new EthereumAddress(Bytes.wrap(row.getBytes("predecessor"))),
                Optional.ofNullable(row.getBytes("successor")).map(Bytes::wrap).map(EthereumAddress::new),
                row.getObject("submission_id") == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(row.getLong("submission_id")),
                Succession.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(instant(row.getObject("left_at", OffsetDateTime.class))));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String stored(Succession.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
