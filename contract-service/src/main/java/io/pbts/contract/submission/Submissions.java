package io.pbts.contract.submission;

import io.pbts.contract.submission.Submission.Failure;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submission.State;
import io.pbts.protocol.account.EthereumAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was asked of the chain. Asking is a row in the asker's transaction; the rest follows by itself. */
@Repository
public class Submissions {
    private static final String SELECT = """
            select s.submission_id, s.purpose, s.destination, s.payload, s.state, s.failure_code, s.failure_sentence,
                s.created_contract, coalesce(t.mined_hash, t.tx_hash) as transaction
            from submission s
            left join chain_transaction t on t.submission_id = s.submission_id and t.state <> 'lost'
            """;
    private static final String READY = """
            where s.submission_id in (
                select min(w.submission_id) from submission w where w.state in ('queued', 'submitted')
                group by w.destination)
            and s.state = 'queued'
            order by s.submission_id limit :limit""";

    /** Somebody asked for something. */
    record Added(long id) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Submissions(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Asks for a call; for a creation when there is no destination.
     *
     * @return the id by which it can be looked up
     */
    public long add(Purpose purpose, @Nullable EthereumAddress destination, Bytes payload) {
        byte[] to = destination == null ? null : destination.bytes().toArray();
        long id = jdbc.sql("""
                        insert into submission (purpose, destination, payload, asked_at)
                        values (:purpose, :destination, :payload, :now) returning submission_id""")
                .param("purpose", purpose.stored())
                .param("destination", to, java.sql.Types.BINARY)
                .param("payload", payload.toArray())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        events.publishEvent(new Added(id));
        return id;
    }

    public Optional<Submission> find(long id) {
        return jdbc.sql(SELECT + "where s.submission_id = :id")
                .param("id", id)
                .query((row, number) -> submission(row))
                .optional();
    }

    /** The newest one of a purpose. */
    public Optional<Submission> latest(Purpose purpose) {
        return jdbc.sql(SELECT + "where s.purpose = :purpose order by s.submission_id desc limit 1")
                .param("purpose", purpose.stored())
                .query((row, number) -> submission(row))
                .optional();
    }

    /**
     * Those whose turn it is: the oldest for each contract, when nothing else for it is on its way. What a call does may
     * depend on the one before it, so a contract sees ours one by one and in order.
     */
    List<Submission> ready(int limit) {
        return jdbc.sql(SELECT + READY)
                .param("limit", limit)
                .query((row, number) -> submission(row))
                .list();
    }

    /** Returns whether it went that way; of two that race for a queued one, one sees true. */
    boolean move(long id, State from, State to) {
        return jdbc.sql("""
                        update submission set state = :to, failure_code = null, failure_sentence = null
                        where submission_id = :id and state = :from""")
                        .param("id", id)
                        .param("from", from.stored())
                        .param("to", to.stored())
                        .update()
                == 1;
    }

    void become(long id, State state) {
        jdbc.sql("""
                update submission set state = :state, failure_code = null, failure_sentence = null
                where submission_id = :id""").param("id", id).param("state", state.stored()).update();
    }

    void fail(long id, Failure failure) {
        jdbc.sql("""
                update submission set state = 'failed', failure_code = :code, failure_sentence = :sentence
                where submission_id = :id""")
                .param("id", id)
                .param("code", failure.code())
                .param("sentence", failure.sentence())
                .update();
    }

    /** Stores what a mined submission created. */
    public void recordCreation(long id, EthereumAddress contract) {
        jdbc.sql("update submission set created_contract = :contract where submission_id = :id")
                .param("id", id)
                .param("contract", contract.bytes().toArray())
                .update();
    }

    private static Submission submission(ResultSet row) throws SQLException {
        return new Submission(
                row.getLong("submission_id"),
                Purpose.ofStored(row.getString("purpose")),
                address(row.getBytes("destination")),
                Bytes.wrap(row.getBytes("payload")),
                State.ofStored(row.getString("state")),
                Optional.ofNullable(row.getString("failure_code")).map(code -> new Failure(code, sentence(row))),
                address(row.getBytes("created_contract")),
                Optional.ofNullable(row.getBytes("transaction")).map(Bytes32::wrap));
    }

    private static String sentence(ResultSet row) {
        try {
            return row.getString("failure_sentence");
        } catch (SQLException failed) {
            throw new IllegalStateException("a selected column cannot be read", failed);
        }
    }

    private static Optional<EthereumAddress> address(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(Bytes::wrap).map(EthereumAddress::new);
    }
}
