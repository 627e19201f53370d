package io.pbts.reputation.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.reputation.standing.AccountId;
import io.pbts.reputation.standing.Standing;
import io.pbts.reputation.standing.Standings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wallets that accounts hold. One that was revoked speaks for nobody any more. */
@Repository
class Wallets {
    private static final String SELECT = """
            select k.public_key, k.account_id, coalesce(t.moved_at, a.registered_at) as moved_at
            from account_key k join account a on a.account_id = k.account_id join total t on t.account_id = k.account_id
            where k.kind = 2 and k.revoked_at is null""";

    private final JdbcClient jdbc;
    private final Standings standings;

    Wallets(JdbcClient jdbc, Standings standings) {
        this.jdbc = jdbc;
        this.standings = standings;
    }

    private record Row(EthereumAddress address, AccountId account, Instant movedAt) {}

    Optional<WalletAccount> find(EthereumAddress address) {
        return accounts(jdbc.sql(SELECT + " and k.public_key = :address")
                        .param("address", address.bytes().toArrayUnsafe())
                        .query((row, _) -> row(row))
                        .list())
                .findFirst();
    }

    /** Wallets behind that one, in ascending order; from the first one on when there is none. */
    List<WalletAccount> after(Optional<EthereumAddress> last, int limit) {
        byte[] from = last.map(address -> address.bytes().toArray()).orElseGet(() -> new byte[0]);
        return accounts(jdbc.sql(SELECT + " and k.public_key > :after order by k.public_key limit :limit")
                        .param("after", from)
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list())
                .toList();
    }

    private Stream<WalletAccount> accounts(List<Row> rows) {
        Map<AccountId, Standing> found = standings
                .ofAccounts(rows.stream().map(Row::account).toList())
                .stream()
                .collect(Collectors.toMap(Standing::account, Function.identity()));
        return rows.stream().flatMap(row -> Stream.ofNullable(found.get(row.account))
                .map(standing -> new WalletAccount(row.address, standing, row.movedAt)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new EthereumAddress(Bytes.wrap(row.getBytes("public_key"))),
                new AccountId(row.getLong("account_id")),
                row.getObject("moved_at", OffsetDateTime.class).toInstant());
    }
}
