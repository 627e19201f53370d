package io.pbts.local.stack;

import io.pbts.local.chain.Anvil;
import io.pbts.local.console.Console;
import io.pbts.local.directory.Secrets;
import io.pbts.local.directory.StackDescription;
import io.pbts.local.directory.StackFile;
import io.pbts.local.postgres.PostgresServer;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Starter;
import io.pbts.local.process.Waiting;
import io.pbts.local.service.Endpoints;
import io.pbts.local.service.ImageStore;
import io.pbts.local.service.Jvm;
import io.pbts.local.service.Readiness;
import io.pbts.local.service.Service;
import io.pbts.local.service.ServiceSecrets;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The suite as one thing that starts and stops: database and chain first, then the services together; backwards at the end. */
final class Stack {
    private static final Duration SETTLEMENT_CONTRACT = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration STOPPING = Duration.ofMinutes(2);

    private final StackOptions options;
    private final Console console;
    private final Parts parts;
    private final Ports ports;
    private final Endpoints endpoints;
    private final Readiness readiness;
    private final ServiceSecrets secrets;
    private final Foundation foundation;
    private final Services services;
    private final StackFile file;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Stack(StackOptions options, Starter launcher, Console console) {
        var random = new SecureRandom();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        var store = new Secrets(options.directory().secrets(), random);
        this.options = options;
        this.console = console;
        this.parts = new Parts(launcher);
        this.ports = new Ports(random);
        this.endpoints = endpoints(options, ports);
        this.readiness = new Readiness(http);
        this.secrets = new ServiceSecrets(store);
        this.foundation = new Foundation(options, endpoints, store, parts, console, http);
        this.services = new Services(options, endpoints, secrets, parts, console);
        this.file = new StackFile(options.directory());
    }

    /** Returns when everything is ready. */
    void start(Clock clock) {
        file.write(description("starting", Optional.empty()));
        var images = new ImageStore(options.cache().resolve("services"), Jvm.current(), clock);
        List<Runnable> steps = new ArrayList<>(foundation.steps(secrets.prepare()));
        steps.add(() -> services.prepare(images));
        Together.run(steps);
        services.start(readiness);
    }

    /** Tells the person and the scripts where everything is. */
    StackDescription announce() {
        StackDescription description = description("up", settlementAddress());
        console.line("PBTS is up");
        Places.of(description).forEach(console::line);
        console.line("  data        " + options.directory().path());
        console.line("  stop        Ctrl-C, or ./pbts down");
        file.write(description);
        return description;
    }

    /** Completes with the first part that ended by itself. */
    CompletableFuture<RunningProcess> died() {
        return parts.died();
    }

    boolean stopping() {
        return parts.stopping();
    }

    /** Makes start-up caches in the background, for the next start. */
    void train() {
        Thread.ofVirtual().name("training").start(() -> {
            if (services.train(ports) > 0 && !parts.stopping()) {
                console.line("  start-up caches made: the next start is faster");
            }
        });
    }

    /** Stops everything in order; a second caller waits until the first has done it. */
    void stop() {
        if (parts.beginStopping()) {
            stopInOrder();
            stopped.countDown();
        } else {
            Waiting.until(() -> stopped.getCount() == 0, STOPPING);
        }
    }

    private void stopInOrder() {
        console.line("PBTS stops");
        parts.stopHelpers();
        stopAndSay(Service.GATEWAY);
        Together.run(Service.WITH_DATABASE.stream()
                .map(service -> (Runnable) () -> stopAndSay(service))
                .toList());
        foundation.stop();
        file.delete();
        console.line("PBTS is down");
    }

    private void stopAndSay(Service service) {
        if (parts.stop(service.part())) {
            console.line("  %-18s had to be killed".formatted(service.part()));
        }
    }

    private Optional<String> settlementAddress() {
        var found = new Found();
        Waiting.until(() -> found.look(readiness, endpoints.url(Service.GATEWAY)), SETTLEMENT_CONTRACT, POLL);
        return Optional.ofNullable(found.address);
    }

    private StackDescription description(String state, Optional<String> settlement) {
        Map<String, StackDescription.Part> described = new LinkedHashMap<>();
        parts.running()
                .forEach((name, part) -> described.put(
                        name,
                        new StackDescription.Part(
                                part.pid(), portOf(name), part.log().path().toString())));
        String gateway = "http://localhost:" + endpoints.gateway();
        return new StackDescription(
                state,
                options.profile().text(),
                gateway,
                gateway + "/docs",
                "http://localhost:" + endpoints.tracker() + "/announce",
                options.announceUrls(gateway, endpoints.tracker()),
                endpoints.adminUrl(),
                secrets.adminKeyFile().toString(),
                foundation.chainUrl(),
                PostgresServer.url(endpoints.postgres()),
                settlement.orElse(null),
                ProcessHandle.current().pid(),
                described);
    }

    private int portOf(String part) {
        return switch (part) {
            case PostgresServer.NAME -> endpoints.postgres();
            case Anvil.NAME -> endpoints.chain();
            default ->
                Arrays.stream(Service.values())
                        .filter(service -> service.part().equals(part))
                        .mapToInt(endpoints::of)
                        .findFirst()
                        .orElseThrow();
        };
    }

    private static Endpoints endpoints(StackOptions options, Ports ports) {
        int chain = ports.freeOr(8545);
        return new Endpoints(
                options.port(),
                ports.free(),
                options.announcePort(),
                ports.free(),
                ports.free(),
                ports.free(),
                ports.free(),
                ports.free(),
                ports.free(),
                chain);
    }

    private static final class Found {
        private @Nullable String address;

        private boolean look(Readiness readiness, String gateway) {
            address = readiness.settlementAddress(gateway).orElse(null);
            return address != null;
        }
    }
}
