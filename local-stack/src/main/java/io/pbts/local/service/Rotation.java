package io.pbts.local.service;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Replaces keys of an installation while its services run. They look at their files one after the other, so what one makes and
 * others check is known to all before it is used, and known still when it is used no more: add, use, drop. What nobody else
 * checks by a file of his own has the one step use.
 */
public final class Rotation {
    /** As many as a service takes (docs/architecture.md). */
    private static final int PASSKEY_KEYS = 4;

    private static final int ACKNOWLEDGEMENT_KEYS = 8;

    private final Secrets secrets;
    private final ServiceSecrets all;

    public Rotation(Secrets secrets) {
        this.secrets = secrets;
        this.all = new ServiceSecrets(secrets);
    }

    /** What is replaced. */
    public enum Key {
        ADMIN_KEY,
        DATABASE_PASSWORDS,
        ACKNOWLEDGEMENT_KEY,
        PASSKEY_KEY,
        SERVICE_KEYS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How far it is replaced. */
    public enum Step {
        ADD,
        USE,
        DROP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Does the step, or refuses it and changes nothing. */
    public void perform(Step step, Key key) {
        switch (key) {
            case ADMIN_KEY -> {
                requireUse(step, key);
                renew(Service.GATEWAY, ServiceSecrets.ADMIN_KEY);
            }
            case DATABASE_PASSWORDS -> {
                requireUse(step, key);
                for (Service service : Service.WITH_DATABASE) {
                    renew(service, ServiceSecrets.APP_PASSWORD);
                    renew(service, ServiceSecrets.OWNER_PASSWORD);
                }
            }
            case ACKNOWLEDGEMENT_KEY ->
                turn(step, key, ServiceSecrets.ACKNOWLEDGEMENT_KEY, ACKNOWLEDGEMENT_KEYS, List.of(Service.RECEIPT));
            case PASSKEY_KEY ->
                turn(
                        step,
                        key,
                        ServiceSecrets.PASSKEY_KEY,
                        PASSKEY_KEYS,
                        List.of(Service.ANNOUNCE, Service.RECEIPT, Service.REPUTATION));
            case SERVICE_KEYS -> turnServiceKeys(step, key);
        }
    }

    private void renew(Service service, String name) {
        secrets.put(service.part(), name, secrets.fresh());
    }

    /** Lines of a file that several have alike: the first is used, all are accepted. */
    private void turn(Step step, Key key, String name, int most, List<Service> services) {
        String next = secrets.find(Secrets.NEXT, name).orElse("");
        List<String> lines = lines(services.getLast(), name);
        switch (step) {
            case ADD -> {
                require(next.isEmpty(), key, "another one was added and is not used yet");
                require(lines.size() < most, key, "there are %d already: drop the old ones first".formatted(most));
                String made = secrets.fresh();
                secrets.put(Secrets.NEXT, name, made);
                put(services, name, Stream.concat(lines.stream(), Stream.of(made)));
            }
            case USE -> {
                require(!next.isEmpty(), key, "none was added");
                put(
                        services,
                        name,
                        Stream.concat(Stream.of(next), lines.stream().filter(line -> !line.equals(next))));
                secrets.remove(Secrets.NEXT, name);
            }
            case DROP -> {
                require(next.isEmpty(), key, "one was added and is not used yet");
                put(services, name, Stream.of(lines.getFirst()));
            }
        }
    }

    private void turnServiceKeys(Step step, Key key) {
        var keys = all.serviceKeys();
        switch (step) {
            case ADD -> {
                require(!keys.hasNext(), key, "others were added and are not used yet");
                keys.add();
            }
            case USE -> {
                require(keys.hasNext(), key, "none were added");
                keys.use();
            }
            case DROP -> {
                require(!keys.hasNext(), key, "others were added and are not used yet");
                keys.drop();
            }
        }
    }

    private List<String> lines(Service service, String name) {
        String text = secrets.find(service.part(), name)
                .filter(found -> !found.isBlank())
                .orElseThrow(() -> new Trouble("%s has no %s: make the secrets first".formatted(service.part(), name)));
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private void put(List<Service> services, String name, Stream<String> lines) {
        String text = String.join("\n", lines.toList());
        services.forEach(service -> secrets.put(service.part(), name, text));
    }

    private static void requireUse(Step step, Key key) {
        require(step == Step.USE, key, "it has the one step use");
    }

    private static void require(boolean holds, Key key, String otherwise) {
        if (!holds) {
            throw new Trouble("cannot rotate the %s: %s".formatted(key, otherwise));
        }
    }
}
