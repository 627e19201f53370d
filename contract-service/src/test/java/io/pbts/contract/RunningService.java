package io.pbts.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.pbts.contract.chain.At;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.contract.succession.Succession;
import io.pbts.contract.succession.Successions;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Services;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.testing.ManagementPort;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.web3j.protocol.Web3j;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, with settings a test chooses. */
final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Path SECRETS = TestKeys.secretsFor("contract");
    private static final TestToken VISITOR = TestKeys.visitor("contract");
    private static final TestToken SIBLING = TestKeys.token("reputation", "contract");
    private static final TestToken ADMIN = TestKeys.token("gateway", "contract").asAdmin();

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Answer of a request. */
    record Answer(int status, JsonNode body, Map<String, java.util.List<String>> headers) {}

    static Map<String, Object> settings(TestPostgres database, String rpcUrl, Services services) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", database.url());
        settings.put("pbts.db.app-password", TestPostgres.PASSWORD);
        settings.put("pbts.db.owner-password", TestPostgres.PASSWORD);
        settings.put("pbts.chain.rpc-url", rpcUrl);
        settings.put("pbts.chain.chain-id", Anvil.CHAIN_ID);
        settings.put("pbts.chain.settler-key", Anvil.KEY);
        settings.put("pbts.chain.poll-interval", "200ms");
        settings.put("pbts.settlement.interval", "1s");
        settings.put("pbts.settlement.reconcile-interval", "1s");
        settings.put("pbts.submission.resend-after", "1s");
        settings.put("pbts.submission.reorg-patience", "1s");
        settings.put("pbts.secrets-dir", SECRETS);
        settings.put("pbts.receipt-url", services.url());
        settings.put("pbts.reputation-url", services.url());
        settings.put("server.port", 0);
        settings.put("spring.main.register-shutdown-hook", false);
        return settings;
    }

    /** One at a time: a Spring application sets up the logging of the whole JVM when it starts. */
    static synchronized RunningService start(Map<String, Object> settings, String profile) {
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new RunningService(new SpringApplicationBuilder(ContractServiceApplication.class)
                .profiles(profile)
                .run(arguments));
    }

    JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    LedgerContract settlementLedger() {
        return context.getBean(Contracts.class)
                .ledger(identities().current().settlement().orElseThrow());
    }

    /** The present settlement ledger and those before it. */
    private List<LedgerContract> ledgers() {
        var contracts = context.getBean(Contracts.class);
        return Stream.concat(
                        identities().current().settlement().stream(),
                        context.getBean(Successions.class).done().stream().map(Succession::predecessor))
                .map(contracts::ledger)
                .toList();
    }

    LedgerContract ledger(EthereumAddress address) {
        return context.getBean(Contracts.class).ledger(address);
    }

    ChainIdentities identities() {
        return context.getBean(ChainIdentities.class);
    }

    /** The generated wrapper, for what the service itself does not read. */
    Reputation wrapper() {
        Web3j web3j = context.getBean(Web3j.class);
        String settler = context.getBean(SettlerKey.class).address().checksummed();
        String address = identities().current().settlement().orElseThrow().checksummed();
        return Reputation.load(
                address, web3j, new ReadonlyTransactionManager(web3j, settler), new DefaultGasProvider());
    }

    /** Where it is probed and scraped, when {@link ManagementPort#SETTINGS} open that port. */
    ManagementPort management() {
        return ManagementPort.of(context.getEnvironment());
    }

    /** The value of a gauge or counter. */
    double meter(String name) {
        return context.getBean(MeterRegistry.class)
                .get(name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    String settler() {
        return context.getBean(SettlerKey.class).address().checksummed();
    }

    <T> T query(String sql, Class<T> type) {
        return database().sql(sql).query(type).single();
    }

    /** Whether the chain's totals are the ledger's sums; no while it does not answer or has no such contract. */
    boolean hasSettledAll(Services services) {
        if (identities().current().settlement().isEmpty()) {
            return false;
        }
        try {
            long bytes = 0;
            long receipts = 0;
            for (LedgerContract ledger : ledgers()) {
                var totals = ledger.totals(At.LATEST);
                if (!totals.settledUp().equals(totals.settledDown())) {
                    return false;
                }
                bytes += totals.settledUp().longValueExact();
                receipts += totals.receiptCount();
            }
            return bytes == services.bytes() && receipts == services.receipts();
        } catch (NodeRefusal | FactUnavailable notNow) {
            return false;
        }
    }

    /** And whether all of it is final, and noted as such. */
    boolean hasFinalizedAll(Services services) {
        return hasSettledAll(services)
                && query("select count(*) from submission where state not in ('final', 'failed')", Long.class) == 0
                && query("select count(*) from settlement where state <> 'final'", Long.class) == 0;
    }

    /** As somebody on this machine by the gateway, and what is between services as reputation-service. */
    Answer get(String path) {
        return get(path, path.startsWith("/internal/") ? SIBLING : VISITOR);
    }

    Answer get(String path, TestToken token) {
        return ask(token.on(HttpRequest.newBuilder(uri(path)).GET()));
    }

    /** As the operator by the gateway's admin port; not read as text. Throws when the answer ends before its end. */
    HttpResponse<byte[]> download(String path) throws IOException {
        try {
            return HTTP.send(
                    ADMIN.on(HttpRequest.newBuilder(uri(path)).GET())
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer getWithToken(String path, String text) {
        return ask(
                HttpRequest.newBuilder(uri(path)).header(TestToken.HEADER, text).GET());
    }

    Answer getWithoutToken(String path) {
        return ask(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** As curl does it with {@code -d} and nothing more; between services as JSON. */
    Answer post(String path, String json) {
        return post(path, json, VISITOR);
    }

    Answer post(String path, String json, TestToken token) {
        return ask(token.on(HttpRequest.newBuilder(uri(path))
                .header(
                        "Content-Type",
                        path.startsWith("/internal/") ? "application/json" : "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
    }

    /** As {@code curl -X POST} without a body. */
    Answer post(String path) {
        return ask(VISITOR.on(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody())));
    }

    @Override
    public void close() {
        context.close();
    }

    private URI uri(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Answer ask(HttpRequest.Builder request) {
        try {
            var response =
                    HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), body, response.headers().map());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
