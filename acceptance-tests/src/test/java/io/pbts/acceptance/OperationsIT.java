package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's manual, command by command: the fences of docs/operations.md for Compose and for Kubernetes as they stand there,
 * in their order, with members whose receipts must all be there once before the next section. Where no engine and no cluster is at
 * hand, stand-ins of their programs come first on the PATH: images are folders of what the build made, containers and pods are
 * processes, addresses of their network are ports of loopback, and a command line that they do not know ends the fence. What they
 * cannot show: layers of images ({@link ImageLayersIT}), limits of memory, users and network policies (module deployment), Valkey
 * (Redis is run), UDP. Clients of the database are those of the machine (Debian package postgresql-client-18); kubectl renders
 * the manifests. An installation on a chain of its own is loaded and settles, no more; the container for a look is loaded and stopped.
 */
@Tag("long")
class OperationsIT {
    private static final String COMPOSE = "with compose";
    private static final String KUBERNETES = "on kubernetes";
    private static final String OWN_CHAIN = "with compose, on a chain of your own";
    private static final String QUICK_LOOK = "in one container, for a look";

    /** Where the look ends. */
    private static final String STOP = "docker stop ";

    private static final List<String> WAYS = List.of(COMPOSE, KUBERNETES, OWN_CHAIN, QUICK_LOOK);

    /** As the manifests have it, and one that comes after it. */
    private static final String VERSION = "0.1.0";

    private static final String NEXT_VERSION = "0.1.1";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LOAD = Duration.ofSeconds(8);
    private static final List<Call> CALLS =
            List.of(Call.REPORT, Call.ACCOUNT, Call.TORRENTS, Call.EPOCHS, Call.INSTANCE);

    @TempDir
    private Path folder;

    @Test
    void anInstallationWithComposeIsLoadedBackedUpDestroyedRestoredRotatedAndUpgraded() {
        try (Installation installation = Installation.emptyOn((home, _, doors) -> new Docker(home, doors))) {
            walk(COMPOSE, installation, () -> {});
        }
    }

    @Test
    void anInstallationOnKubernetesIsLoadedBackedUpDestroyedRestoredRotatedAndUpgraded() {
        try (Installation installation = Installation.emptyOn(Kubernetes::new)) {
            walk(KUBERNETES, installation, () -> release(installation));
        }
    }

    @Test
    void anInstallationWithComposeSettlesOnAChainOfItsOwn() {
        try (Installation installation = Installation.emptyOn((home, _, doors) -> new Docker(home, doors));
                OwnChain chain = OwnChain.start(installation.checkout().path())) {
            installation.terminal().define("RPC_URL", chain.rpcUrl());
            installation.terminal().define("CHAIN_ID", String.valueOf(OwnChain.ID));
            installation.terminal().define("FACTORY", chain.factory());
            installation.checkout().put("settler-key", chain.settlerKey());
            Fence.all().stream().filter(fence -> fence.isOf(OWN_CHAIN)).forEach(installation.terminal()::run);
            Callers callers = members(installation, "own");
            load(callers);
            assertThat(credited(installation, callers).receipts()).isPositive();
            callers.awaitFirstOnChain(installation.chainAt(chain.rpcUrl()), SOON);
        }
    }

    @Test
    void aContainerForALookServesAndStops() {
        List<Fence> looks =
                Fence.all().stream().filter(fence -> fence.isOf(QUICK_LOOK)).toList();
        assertThat(looks).hasSize(1);
        Checkout checkout = Checkout.create();
        try (QuickLook machine = QuickLook.in(checkout);
                Terminal terminal = Terminal.in(checkout, machine)) {
            terminal.run(looks.getFirst().until(STOP));
            Callers callers = Callers.prepare(machine.gateway(), machine.tracker(), folder, "look", 1_000);
            load(callers);
            assertThat(callers.requireEachReceiptOnce()).isPositive();
            Http gateway = machine.gateway();
            assertThat(gateway.get("/").text()).contains("PBTS");

            terminal.run(looks.getFirst().from(STOP));
            assertThatThrownBy(() -> gateway.get("/health")).isInstanceOf(UncheckedIOException.class);
        } finally {
            checkout.delete();
        }
    }

    /** @param release makes a new version, before its upgrade */
    private void walk(String way, Installation installation, Runnable release) {
        Map<String, List<Fence>> sections = sections(way);
        assertThat(sections.keySet())
                .containsExactly("Install", "Back up", "Restore", "Rotate a key", "Upgrade", "Move to a new contract");
        sections.get("Install").forEach(installation.terminal()::run);
        Callers callers = members(installation, "walk");
        load(callers);
        LedgerSums loaded = settled(installation, callers);

        sections.get("Back up").forEach(installation.terminal()::run);
        installation.platform().destroy();
        for (String upon : List.of("nothing", "what is there")) {
            sections.get("Restore").forEach(installation.terminal()::run);
            assertThat(installation.sums()).as("restored upon " + upon).isEqualTo(loaded);
        }
        for (String section : List.of("Rotate a key", "Upgrade", "Move to a new contract")) {
            load(callers);
            settled(installation, callers);
            if (section.equals("Upgrade")) {
                release.run();
            }
            sections.get(section).forEach(installation.terminal()::run);
        }
        load(callers);
        settled(installation, callers);
    }

    /** Members of an installation, as soon as it has a contract that receipts can be signed for. */
    private Callers members(Installation installation, String name) {
        Await.until(
                "the instance says what it is",
                SOON,
                () -> installation.gateway().get("/api/v1/instance").status(),
                status -> status == 200);
        return Callers.prepare(installation.gateway(), installation.tracker(), folder, name, 4_000);
    }

    /** A version more: its manifests name it, and so do the commands that build its images. */
    private static void release(Installation installation) {
        installation.checkout().become(VERSION, NEXT_VERSION);
        Fence build = sections(KUBERNETES).get("Install").getFirst();
        assertThat(build.commands()).contains("docker build", VERSION);
        installation
                .terminal()
                .run(new Fence(
                        build.section(),
                        build.heading(),
                        build.line(),
                        build.commands().replace(VERSION, NEXT_VERSION)));
    }

    /** Members call for a while, and nobody is answered wrongly; when they begin all must be served. */
    private static void load(Callers callers) {
        Await.until("everything is served", SOON, () -> callers.once(CALLS), replies -> replies.values().stream()
                .allMatch(Reply.Served.class::isInstance));
        Callers.Stretch stretch = callers.begin(CALLS);
        long end = System.nanoTime() + LOAD.toNanos();
        Await.until("the load is over", SOON, () -> System.nanoTime() > end, over -> over);
        assertThat(stretch.end()).allMatch(Reply.Timed::isServed);
    }

    /** Every receipt is in the ledger once, the ledger balances, and the chain has it. */
    private static LedgerSums settled(Installation installation, Callers callers) {
        LedgerSums sums = credited(installation, callers);
        callers.awaitOnChain(installation.chain(), SOON);
        return sums;
    }

    private static LedgerSums credited(Installation installation, Callers callers) {
        int receipts = callers.requireEachReceiptOnce();
        LedgerSums sums = installation.sums();
        sums.requireBalance();
        assertThat(sums.receipts()).isEqualTo(receipts);
        System.out.printf("%d receipts; %s%n", receipts, sums);
        return sums;
    }

    /** The fences of one way and those that stand under no way, by their sections. */
    private static Map<String, List<Fence>> sections(String way) {
        return Fence.all().stream()
                .filter(fence -> fence.isOf(way) || WAYS.stream().noneMatch(fence::isOf))
                .collect(Collectors.groupingBy(Fence::section, LinkedHashMap::new, Collectors.toList()));
    }
}
