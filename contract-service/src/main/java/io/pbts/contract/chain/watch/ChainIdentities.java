package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.watch.ChainIdentity.Checkpoint;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The one row that says which chain this database belongs to. A database never changes its chain. */
@Repository
public class ChainIdentities {
    private static final Logger LOG = LoggerFactory.getLogger(ChainIdentities.class);
    private static final String SELECT = """
            select chain_id, genesis_hash, factory, settlement, settled_before, legacy, agreed_number, agreed_hash, frozen_reason,
                frozen_account
            from chain_identity""";

    private final JdbcClient jdbc;

    ChainIdentities(JdbcClient jdbc, ChainProperties properties) {
        this.jdbc = jdbc;
        jdbc.sql("insert into chain_identity (chain_id) values (:chain) on conflict (only_row) do nothing")
                .param("chain", properties.chainId())
                .update();
        long recorded = current().chainId();
        if (recorded != properties.chainId()) {
            throw new IllegalStateException(
                    "This database holds the settlements of chain %d and PBTS_CHAIN_ID is %d. Use another database, or the chain it belongs to."
                            .formatted(recorded, properties.chainId()));
        }
    }

    public ChainIdentity current() {
        return jdbc.sql(SELECT)
                .query((row, number) -> ChainIdentity.of(
                        row.getLong("chain_id"),
                        row.getBytes("genesis_hash"),
                        row.getBytes("factory"),
                        row.getBytes("settlement"),
                        row.getLong("settled_before"),
                        row.getBytes("legacy"),
                        Checkpoint.of(row.getLong("agreed_number"), row.getBytes("agreed_hash")),
                        row.getString("frozen_reason"),
                        row.getBytes("frozen_account")))
                .single();
    }

    /** From now on this is the chain's first block. */
    public void adoptGenesis(Bytes32 hash) {
        jdbc.sql("update chain_identity set genesis_hash = :hash")
                .param("hash", hash.toArray())
                .update();
    }

    /** Our nodes agree on that finalized block; an earlier one than before changes nothing. */
    void agree(Checkpoint block) {
        jdbc.sql("""
                update chain_identity set agreed_number = :number, agreed_hash = :hash
                where agreed_number is null or agreed_number < :number""")
                .param("number", block.number())
                .param("hash", block.hash().toArray())
                .update();
    }

    public void rememberFactory(EthereumAddress address) {
        remember("factory", address);
    }

    public void rememberSettlement(EthereumAddress address) {
        remember("settlement", address);
    }

    public void rememberLegacy(EthereumAddress address) {
        remember("legacy", address);
    }

    /** Stops settlement until the cause is gone; the tracker goes on. The first reason stays. */
    public void freeze(String reason) {
        freeze(reason, null);
    }

    /** The same, because an account's bytes differ. */
    public void freezeFor(String reason, ChainAccount account) {
        freeze(reason, account.bytes().toArray());
    }

    private void freeze(String reason, byte @Nullable [] account) {
        int frozen = jdbc.sql("""
                        update chain_identity set frozen_reason = :reason, frozen_account = :account
                        where frozen_reason is null""")
                .param("reason", reason)
                .param("account", account, java.sql.Types.BINARY)
                .update();
        if (frozen > 0) {
            LOG.error("event=settlement_frozen reason=\"{}\"", reason);
        }
    }

    /** Goes on, when it was stopped for exactly this reason; returns whether it was. */
    public boolean unfreeze(String reason) {
        return jdbc.sql("""
                        update chain_identity set frozen_reason = null, frozen_account = null
                        where frozen_reason = :reason""").param("reason", reason).update() > 0;
    }

    /** Goes on, when it was stopped for a reason that begins like this. */
    public void thaw(String reasonBegins) {
        int thawed = jdbc.sql(
                        "update chain_identity set frozen_reason = null, frozen_account = null where starts_with(frozen_reason, :begins)")
                .param("begins", reasonBegins)
                .update();
        if (thawed > 0) {
            LOG.warn("event=settlement_resumed");
        }
    }

    private void remember(String column, EthereumAddress address) {
        jdbc.sql("update chain_identity set %1$s = :address where %1$s is distinct from :address".formatted(column))
                .param("address", address.bytes().toArray())
                .update();
    }
}
