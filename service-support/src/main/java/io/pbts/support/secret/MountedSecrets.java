package io.pbts.support.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of a service, one file each, looked at again and again. A value that cannot be used stops the start; a
 * rotated one that cannot be used is logged by its name, and the old one goes on.
 */
public final class MountedSecrets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MountedSecrets.class);

    private final SecretDirectory directory;
    private final SecretRules rules;
    private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("secrets").factory());

    /** What the files said at the last look, used or not, so that each new text is judged once. */
    private Map<String, String> seen;

    private volatile Map<String, Secret> current;

    /** Reads the directory; refuses every value that the rules refuse, by name. */
    public MountedSecrets(Path directory, boolean strict) {
        this.directory = new SecretDirectory(directory);
        this.rules = strict ? SecretRules.STRICT : SecretRules.LENIENT;
        this.seen = read();
        var usable = new HashMap<String, Secret>();
        seen.forEach((name, text) -> {
            try {
                usable.put(name, judged(text));
            } catch (UnusableSecret unusable) {
                throw unusable(name, unusable);
            }
        });
        this.current = Map.copyOf(usable);
    }

    /** Looks for changes at this interval until closed. */
    public MountedSecrets lookEvery(Duration interval) {
        long pause = interval.toMillis();
        ScheduledFuture<?> untilClosed =
                looking.scheduleWithFixedDelay(this::lookOn, pause, pause, TimeUnit.MILLISECONDS);
        if (untilClosed.isDone()) {
            throw new IllegalStateException("closed");
        }
        return this;
    }

    /** A look that fails must not be the last one: an executor drops a task that throws. */
    private void lookOn() {
        try {
            look();
        } catch (RuntimeException failed) {
            LOG.error(
                    "event=secrets_look_failed cause=\"{}\"", failed.getClass().getSimpleName());
        }
    }

    public Optional<Secret> find(String name) {
        return Optional.ofNullable(current.get(name));
    }

    public Secret require(String name) {
        return require(name, current);
    }

    /**
     * What one secret means, always from its newest usable value.
     *
     * @param meaning reads the value; throws (best an {@link UnusableSecret}) when it means nothing
     */
    public <T> Supplier<T> watch(String name, Function<Secret, T> meaning) {
        return watch(Set.of(name), values -> meaning.apply(require(name, values)));
    }

    /** The same for what several secrets mean together. All must be there. */
    public <T> Supplier<T> watch(Set<String> names, Function<Map<String, Secret>, T> meaning) {
        var watch = new Watch<>(names, meaning);
        watch.start();
        watches.add(watch);
        return watch;
    }

    /** One look at the files now; true when something changed. */
    public synchronized boolean look() {
        Map<String, String> found;
        try {
            found = read();
        } catch (UncheckedIOException unreadable) {
            LOG.warn("event=secrets_unreadable cause=\"{}\"", unreadable.getMessage());
            return false;
        }
        var changed = new TreeMap<String, Secret>();
        found.forEach((name, text) -> {
            if (!text.equals(seen.get(name))) {
                judge(name, text).ifPresent(secret -> changed.put(name, secret));
            }
        });
        seen.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> LOG.warn("event=secret_missing name={} using=\"the last one\"", name));
        seen = found;
        if (!changed.isEmpty()) {
            apply(changed);
        }
        return !changed.isEmpty();
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private void apply(Map<String, Secret> changed) {
        var next = new HashMap<>(current);
        next.putAll(changed);
        current = Map.copyOf(next);
        for (Watch<?> watch : watches) {
            if (changed.keySet().stream().anyMatch(watch.names::contains)) {
                watch.renew();
            }
        }
        changed.keySet().forEach(name -> LOG.info("event=secret_read name={}", name));
    }

    private Optional<Secret> judge(String name, String text) {
        try {
            return Optional.of(judged(text));
        } catch (UnusableSecret unusable) {
            LOG.error("event=secret_unusable name={} reason=\"{}\"", name, unusable.getMessage());
            return Optional.empty();
        }
    }

    private Secret judged(String text) {
        rules.require(text.strip());
        return Secret.of(text);
    }

    private Map<String, String> read() {
        try {
            return directory.read();
        } catch (IOException e) {
            throw new UncheckedIOException("the secrets in %s cannot be read".formatted(directory.path()), e);
        }
    }

    private Secret require(String name, Map<String, Secret> values) {
        Secret secret = values.get(name);
        if (secret == null) {
            throw new UnusableSecret("there is no file %s in %s".formatted(name, directory.path()));
        }
        return secret;
    }

    private static IllegalStateException unusable(Object name, RuntimeException cause) {
        return new IllegalStateException("The secret %s cannot be used: %s".formatted(name, reason(cause)));
    }

    /** A parser's own message may quote what it was parsing. */
    private static String reason(RuntimeException cause) {
        return cause instanceof UnusableSecret
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
    }

    private final class Watch<T> implements Supplier<T> {
        private final Set<String> names;
        private final Function<Map<String, Secret>, T> meaning;
        private volatile @Nullable T value;

        Watch(Set<String> names, Function<Map<String, Secret>, T> meaning) {
            this.names = Set.copyOf(names);
            this.meaning = meaning;
        }

        void start() {
            try {
                value = meaning.apply(current);
            } catch (RuntimeException failed) {
                throw unusable(String.join(", ", names.stream().sorted().toList()), failed);
            }
        }

        void renew() {
            try {
                value = meaning.apply(current);
            } catch (RuntimeException failed) {
                LOG.error(
                        "event=secret_unusable name={} reason=\"{}\"",
                        String.join(",", names.stream().sorted().toList()),
                        reason(failed));
            }
        }

        @Override
        public T get() {
            T now = value;
            if (now == null) {
                throw new IllegalStateException("not started");
            }
            return now;
        }
    }
}
