package io.pbts.reputation.headroom;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.standing.Basis;
import io.pbts.reputation.standing.Headroom;
import io.pbts.reputation.standing.Policy;
import io.pbts.reputation.standing.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the headroom of whoever holds a key, totals and policy in one look. */
@Repository
class Headrooms {
    private static final String SELECT = """
            select t.up, t.down, t.held, t.announced, t.announced_up, t.credit, p.min_ratio, p.overdraft_bytes,
                p.basis
            from account_key k join total t on t.account_id = k.account_id cross join policy p
            where k.kind = :kind and k.public_key = :key""";

    private final JdbcClient jdbc;

    Headrooms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the account that holds the key, revoked or not: what it signed before its revocation still counts. */
    Optional<Headroom> of(AccountKey key) {
        return jdbc.sql(SELECT)
                .param("kind", (short) key.kind().number())
                .param("key", key.bytes().toArray())
                .query((row, _) -> headroom(row))
                .optional();
    }

    private static Headroom headroom(ResultSet row) throws SQLException {
        var totals = new Totals(
                row.getLong("up"),
                row.getLong("down"),
                row.getLong("held"),
                row.getLong("announced"),
                row.getLong("credit"));
        var policy = new Policy(row.getBigDecimal("min_ratio"), row.getLong("overdraft_bytes"));
        Basis basis = Basis.ofStored(row.getString("basis"));
        return Headroom.of(totals, policy).judgedBy(basis, totals, row.getLong("announced_up"), policy.minRatio());
    }
}
