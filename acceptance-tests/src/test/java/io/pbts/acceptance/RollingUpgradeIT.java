package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service in turn is replaced as the manifests do it, while members call: a new process first, then connections to it, then
 * a pause, then SIGTERM for the old one. The new ones bring a migration more; the old ones of the stack work on upon its schema.
 */
@Tag("long")
class RollingUpgradeIT {
    private static final List<String> ORDER = List.of("reputation", "announce", "receipt", "contract", "gateway");
    private static final Duration SOON = Duration.ofMinutes(2);
    /** As {@code preStop} in the manifests. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final String NEXT = "1000";
    /** What an old version must bear: a column more where it inserts, one with a default, an index, a table that it does not know. */
    private static final Map<String, String> NEXT_MIGRATION = Map.of(
            "announce", widening("torrent"),
            "receipt", widening("receipt_key"),
            "reputation", widening("total"),
            "contract", widening("credit_item"));

    @TempDir
    private Path folder;

    @Test
    void everyServiceIsReplacedUnderLoadByOneOfTheNextVersionAndBack() {
        Stack stack = ReplicaStack.start();
        try (Fleet fleet = Fleet.beside(stack, Part.SERVICES, Map.of(), folder)) {
            Callers callers = Callers.prepare(fleet.gateway(), fleet.tracker(), folder, "rolling", 4_000);
            Callers old = Callers.prepare(stack.gateway(), direct(stack), folder, "old-version", 4_000);
            callers.awaitNormal("the start", SOON);
            Callers.Stretch stretch = callers.begin();
            Callers.Stretch oldStretch = old.begin();
            ORDER.forEach(service -> replace(fleet, service, next(service)));
            assertThat(upgraded(stack)).containsExactlyInAnyOrderElementsOf(NEXT_MIGRATION.keySet());
            ORDER.forEach(service -> replace(fleet, service, Map.of()));
            List<Reply.Timed> replies = stretch.end();
            List<Reply.Timed> oldReplies = oldStretch.end();

            System.out.println("replaced twice: " + ReplyCounts.of(replies));
            System.out.println("old version beside the new one: " + ReplyCounts.of(oldReplies));
            int receipts = callers.requireEachReceiptOnce() + old.requireEachReceiptOnce();
            LedgerSums sums = LedgerSums.of(stack);
            System.out.printf(
                    "%d receipts, %d of them answered before; %s%n",
                    receipts, callers.answered() + old.answered(), sums);
            sums.requireBalance();
            callers.awaitOnChain(Chain.of(stack), SOON);
            assertThat(oldReplies).allMatch(Reply.Timed::isServed);
            assertThat(replies).noneMatch(reply -> reply.reply() instanceof Reply.Wrong);
            assertThat(mostInARow(replies))
                    .as("times that a client was not served in a row")
                    .allSatisfy(
                            (call, most) -> assertThat(most).as(call.label()).isLessThanOrEqualTo(1));
        } finally {
            stack.stop();
        }
    }

    private static void replace(Fleet fleet, String service, Map<String, String> settings) {
        Replica next = fleet.launch(service, settings);
        next.awaitReady();
        Replica before = fleet.lead(next);
        Await.pass(PAUSE);
        System.out.printf("%s: drained in %d ms%n", service, before.stop().toMillis());
    }

    /** The next version's settings: its migrations, and one that is not known yet. The gateway has no schema. */
    private Map<String, String> next(String service) {
        String sql = NEXT_MIGRATION.get(service);
        if (sql == null) {
            return Map.of();
        }
        try {
            Path migrations = Files.createDirectories(folder.resolve("next").resolve(service));
            Files.writeString(migrations.resolve("V%s__next_version.sql".formatted(NEXT)), sql);
            return Map.of("SPRING_FLYWAY_LOCATIONS", "classpath:db/migration,filesystem:" + migrations);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String widening(String table) {
        return """
                alter table %1$s add column next_version_note text;
                alter table %1$s add column next_version_count bigint not null default 0;
                create index %1$s_next_version on %1$s (next_version_count);
                create table next_version (id bigint primary key);
                """.formatted(table);
    }

    /** Those schemas that have the next version's migration. */
    private static List<String> upgraded(Stack stack) {
        try (Connection connection = Superuser.connect(stack);
                var statement = connection.createStatement()) {
            List<String> schemas = new ArrayList<>();
            for (String schema : NEXT_MIGRATION.keySet()) {
                try (var row = statement.executeQuery(
                        "select success from %s.flyway_schema_history where version = '%s'".formatted(schema, NEXT))) {
                    if (row.next() && row.getBoolean(1)) {
                        schemas.add(schema);
                    }
                }
            }
            return schemas;
        } catch (IOException | SQLException e) {
            throw new AssertionError("the history of migrations cannot be read", e);
        }
    }

    /** A client calls again when it was not served: how often it had to, at most. */
    private static Map<Call, Integer> mostInARow(List<Reply.Timed> replies) {
        Map<Call, Integer> now = new EnumMap<>(Call.class);
        Map<Call, Integer> most = new EnumMap<>(Call.class);
        for (Reply.Timed reply : replies) {
            int inARow = reply.isServed() ? 0 : now.getOrDefault(reply.call(), 0) + 1;
            now.put(reply.call(), inARow);
            most.merge(reply.call(), inARow, Math::max);
        }
        return most;
    }

    private static Http direct(Stack stack) {
        return new Http(URI.create("http://127.0.0.1:" + stack.announcePort()));
    }
}
