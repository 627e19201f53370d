package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.chain.At;
import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real thing: a process of its own, killed with -9 while credits keep coming, three times at a random moment. */
class KillTest {
    private static final int KILLS = Boolean.getBoolean("pbts.long") ? 20 : 3;
    private static final int CHAIN_KILLS = Boolean.getBoolean("pbts.long") ? 20 : 1;
    private static final long SEED = 20_261_120L;
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);

    private final Random random = new Random(SEED);

    @Test
    void everyDeltaIsOnTheChainOnceAfterKills() throws Exception {
        try (Anvil chain = Anvil.start();
                Services services = new Services()) {
            Map<String, Object> settings = RunningService.settings(Databases.fresh(), chain.url(), services);
            settings.put("pbts.settlement.items-per-epoch", 16);
            for (int user = 0; user < 10; user++) {
                services.register("user" + user, 1024);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = launch(settings);
                try {
                    load(services, chain);
                    await().pollDelay(Duration.ofMillis(random.nextInt(1500))).until(() -> true);
                } finally {
                    process.destroyForcibly().onExit().join();
                }
            }
            killTheChain(services, chain, settings);
            LOG.info("event=killed service={} chain={} receipts={}", KILLS, CHAIN_KILLS, services.receipts());
            try (RunningService service = RunningService.start(settings, "production")) {
                await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
                assertThat(chain.nonce(service.settler()))
                        .isEqualTo(service.query("select count(*) from chain_transaction", Long.class));
                assertThat(service.settlementLedger().lastSeq(At.LATEST))
                        .isEqualTo(service.query("select count(*) from settlement", Long.class));
                for (int user = 0; user < 10; user++) {
                    String id = "user" + user;
                    var account = service.wrapper()
                            .getAccount(Services.account(id).bytes().toArray())
                            .send();
                    assertThat(account.settledUp.longValueExact()).isEqualTo(services.up(id));
                    assertThat(account.settledDown.longValueExact()).isEqualTo(services.down(id));
                }
            }
        }
    }

    /** The chain dies as in the local stack: what it comes back with is older than our records. */
    private void killTheChain(Services services, Anvil chain, Map<String, Object> settings) throws IOException {
        Process process = launch(settings);
        try {
            for (int kill = 0; kill < CHAIN_KILLS; kill++) {
                String saved = chain.dumpState();
                load(services, chain);
                await().pollDelay(Duration.ofMillis(random.nextInt(1500))).until(() -> true);
                chain.restartWith(saved);
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Credits come in until some of them were settled. */
    private void load(Services services, Anvil chain) {
        long noncesBefore = chain.nonce(settler());
        await().atMost(SOON).pollInterval(Duration.ofMillis(250)).until(() -> {
            services.credit("user" + random.nextInt(5), "user" + (5 + random.nextInt(5)), 1 + random.nextInt(1000));
            return chain.nonce(settler()) > noncesBefore + 2;
        });
    }

    private static String settler() {
        return "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    }

    static Process launch(Map<String, Object> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ContractServiceApplication.class.getName(),
                "--spring.profiles.active=production"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
