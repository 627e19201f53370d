package io.pbts.receipt.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Ed25519PublicKey;
import io.pbts.protocol.crypto.Ed25519SecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.receipt.facts.Account;
import io.pbts.support.testing.TestPostgres;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One tracker's database: reputation-service's real schema and functions beside ours, accounts with real keys. */
public final class World implements AutoCloseable {
    public static final InstanceId INSTANCE = InstanceId.fromHex("7a".repeat(32));
    public static final String ACKNOWLEDGEMENT_SEED = "c3a95e17d20b864f".repeat(3) + "71f8e6042d9bac35";
    public static final String PASSKEY_KEY_HEX = "1f6c09d47be2583a".repeat(3) + "5b7a90c2e4d81736";
    public static final PasskeyHashKey PASSKEY_KEY = PasskeyHashKey.fromHex(PASSKEY_KEY_HEX);
    /** Time stands still, so that how old a receipt is does not depend on how fast the machine is. */
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    public static final long GIB = 1L << 30;
    public static final long OVERDRAFT = 64L << 20;
    private static final Random SECRETS = new Random(20251120);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestPostgres postgres;
    private final DataSource superuser;

    private World(TestPostgres postgres, DataSource superuser) {
        this.postgres = postgres;
        this.superuser = superuser;
    }

    /** Keeps the superuser's connections until it is closed, or for ten seconds. */
    public static World create() {
        TestPostgres postgres = TestPostgres.copyOf(Beginning.DATABASE);
        return new World(postgres, kept(new SuperuserDataSource(postgres)));
    }

    /** The same on a database that nothing is in yet, and that may be killed: no connection is kept. */
    public static World on(TestPostgres postgres) {
        World world = new World(postgres, new SuperuserDataSource(postgres));
        world.migrate("reputation", "filesystem:../reputation-service/src/main/resources/db/migration");
        world.migrate("receipt", "classpath:db/migration");
        world.sql("select reputation.set_policy(0.5, %d)".formatted(OVERDRAFT));
        return world;
    }

    /** Migrated once a process; every world is a copy of it. */
    private static final class Beginning {
        static final TestPostgres DATABASE = on(TestPostgres.create()).postgres();
    }

    /** The content of the secrets that only this service has. */
    public static Map<String, String> secrets() {
        return Map.of("pbts.passkey-key", PASSKEY_KEY_HEX, "pbts.acknowledgement-key", ACKNOWLEDGEMENT_SEED);
    }

    /** What acknowledgements are checked with. */
    public static Ed25519PublicKey acknowledgementKey() {
        return new Ed25519SecretKey(Bytes32.fromHexString(ACKNOWLEDGEMENT_SEED)).publicKey();
    }

    public TestPostgres postgres() {
        return postgres;
    }

    /** As a service's app role, one connection at a time from the driver. */
    public DataSource as(String role) {
        return new DriverManagerDataSource(postgres.url(), role, TestPostgres.PASSWORD);
    }

    /** A newcomer whose key was proven, with so many bytes of initial credit. */
    public Peer peer(long credit) {
        return register(secret(), credit, true);
    }

    public Peer unprovenPeer(long credit) {
        return register(secret(), credit, false);
    }

    /** An account with a key that nobody owns alone: registered without proof, as the original allows. */
    public Peer rogue(RogueKey rogue) {
        return register(rogue.attacker(), rogue.publicKey().accountKey(), World.GIB, false);
    }

    private Peer register(BlsSecretKey secret, long credit, boolean proven) {
        return register(secret, secret.publicKey().accountKey(), credit, proven);
    }

    private Peer register(BlsSecretKey secret, AccountKey.Bls key, long credit, boolean proven) {
        String name = "peer" + NAMES.incrementAndGet();
        return new Peer(secret, key, open(name, key, credit), Passkey.generate(new SecureRandom()), proven);
    }

    /** A newcomer with a wallet. */
    public WalletPeer wallet(long credit) {
        Secp256k1SecretKey secret = Secp256k1SecretKey.fromBytes(Bytes32.wrap(secretBytes()));
        AccountKey.Wallet key = new AccountKey.Wallet(secret.address());
        return new WalletPeer(
                secret, key, open(key.address().checksummed(), key, credit), Passkey.generate(new SecureRandom()));
    }

    private Account open(String name, AccountKey key, long credit) {
        long id = admin().sql("""
                        with opened as (
                            insert into reputation.account (user_id, chain_account, registered_at)
                            values (?, ?, now()) returning account_id)
                        insert into reputation.total (account_id, credit, grant_state)
                        select account_id, ?, 'granted' from opened returning account_id""")
                .params(name, key.chainAccount().bytes().toArray(), credit)
                .query(Long.class)
                .single();
        return new Account(id, name, key.chainAccount());
    }

    public static BlsSecretKey secret() {
        return BlsSecretKey.fromBytes(Bytes.wrap(secretBytes()));
    }

    private static byte[] secretBytes() {
        byte[] bytes = new byte[32];
        synchronized (SECRETS) {
            SECRETS.nextBytes(bytes);
        }
        bytes[0] = 1; // below either group's order, never zero
        return bytes;
    }

    public void grant(Registered peer, long credit) {
        admin().sql("update reputation.total set credit = ? where account_id = ?")
                .params(credit, peer.id())
                .update();
    }

    public long up(Registered peer) {
        return total("up", peer);
    }

    public long down(Registered peer) {
        return total("down", peer);
    }

    public long held(Registered peer) {
        return total("held", peer);
    }

    private long total(String column, Registered peer) {
        return number("select %s from reputation.total where account_id = %d".formatted(column, peer.id()));
    }

    public long number(String sql) {
        return admin().sql(sql).query(Long.class).single();
    }

    public List<Long> numbers(String sql) {
        return admin().sql(sql).query(Long.class).list();
    }

    public void sql(String sql) {
        admin().sql(sql).query().listOfRows();
    }

    /** As superuser. */
    public JdbcClient admin() {
        return JdbcClient.create(superuser);
    }

    /** sum(up), sum(down), sum(credited receipts): what must always be one number. */
    public List<Long> books() {
        return List.of(
                number("select coalesce(sum(up), 0)::bigint from reputation.total"),
                number("select coalesce(sum(down), 0)::bigint from reputation.total"),
                number("""
                        select coalesce(sum(k.bytes), 0)::bigint
                          from receipt.credit c join receipt.receipt_key k on k.receipt_seq = c.receipt_seq"""),
                number("select coalesce(sum(up), 0)::bigint from receipt.batch_delta"),
                number("select coalesce(sum(down), 0)::bigint from receipt.batch_delta"));
    }

    private void migrate(String schema, String location) {
        Flyway.configure()
                .dataSource(postgres.url(), schema + "_owner", TestPostgres.PASSWORD)
                .schemas(schema)
                .createSchemas(false)
                .locations(location)
                .load()
                .migrate();
    }

    private static DataSource kept(DataSource connections) {
        var pool = new HikariDataSource();
        pool.setDataSource(connections);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return pool;
    }

    /** Takes the database away from everybody, until {@link #comeBack}. */
    public void goAway() throws SQLException {
        if (superuser instanceof HikariDataSource pool) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        postgres.goAway();
    }

    public void comeBack() throws SQLException {
        postgres.comeBack();
    }

    @Override
    public void close() {
        if (superuser instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    private static final class SuperuserDataSource extends AbstractDataSource {
        private final TestPostgres postgres;

        SuperuserDataSource(TestPostgres postgres) {
            this.postgres = postgres;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return postgres.superuser();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
