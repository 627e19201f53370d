package io.pbts.local.stack;

import io.pbts.local.console.Console;
import io.pbts.local.console.Stopwatch;
import io.pbts.local.console.Trouble;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Waiting;
import io.pbts.local.service.Endpoints;
import io.pbts.local.service.ImageStore;
import io.pbts.local.service.Jit;
import io.pbts.local.service.Readiness;
import io.pbts.local.service.Service;
import io.pbts.local.service.ServiceEnvironment;
import io.pbts.local.service.ServiceImage;
import io.pbts.local.service.ServiceSecrets;
import io.pbts.local.service.StartupTraining;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The five services of one run. */
final class Services {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final StackOptions options;
    private final ServiceEnvironment environment;
    private final ServiceSecrets secrets;
    private final Parts parts;
    private final Console console;
    private final Map<Service, ServiceImage> images = Collections.synchronizedMap(new EnumMap<>(Service.class));

    Services(StackOptions options, Endpoints endpoints, ServiceSecrets secrets, Parts parts, Console console) {
        this.options = options;
        this.environment = new ServiceEnvironment(options.environment(), options.profile(), endpoints);
        this.secrets = secrets;
        this.parts = parts;
        this.console = console;
    }

    /** Extracts what is not extracted yet. */
    void prepare(ImageStore store) {
        Together.run(each(service -> images.put(
                service,
                store.prepare(
                        service,
                        service.jar(options.root()),
                        parts::startHelper,
                        options.directory().log("extract-" + service.part())))));
    }

    /** Starts all five at once and waits until each says that it is ready. They need no order among them: who asks too early gets 503. */
    void start(Readiness readiness) {
        Together.run(each(service -> start(service, readiness)));
    }

    /** Makes the start-up caches that are missing, one after the other, beside the running suite. Returns how many it made. */
    int train(Ports ports) {
        int made = 0;
        for (ServiceImage image : List.copyOf(images.values())) {
            if (!parts.stopping() && image.trainable() && !image.trained() && train(image, ports)) {
                made++;
            }
        }
        return made;
    }

    private void start(Service service, Readiness readiness) {
        var since = new Stopwatch();
        RunningProcess process = parts.start(ProcessSpec.of(
                service.part(),
                imageOf(service)
                        .command(
                                Jit.of(service, options.profile(), options.environment()),
                                options.directory().scratch(service.part())),
                environment.of(service, secrets.folder(service)),
                options.directory().path(),
                options.directory().log(service.part())));
        String url = environment.endpoints().url(service);
        boolean decided = Waiting.until(
                () -> parts.died().isDone() || parts.stopping() || readiness.of(service, url), READY, POLL);
        if (!decided) {
            throw new Trouble("%s is not ready after %d s; the end of %s:\n%s"
                    .formatted(
                            service.part(),
                            READY.toSeconds(),
                            process.log().path(),
                            String.join("\n", process.log().tail())));
        }
        if (!parts.died().isDone() && !parts.stopping()) {
            console.ready(service.part(), since, environment.describe(service));
        }
    }

    private boolean train(ServiceImage image, Ports ports) {
        Service service = image.service();
        var alone = environment.withPorts(service, ports::free);
        var training = new StartupTraining(
                image,
                alone.of(service, secrets.folder(service)),
                options.directory().scratch("training-" + service.part()),
                options.directory().log("training-" + service.part()));
        try {
            return training.run(parts::startHelper);
        } catch (IOException e) {
            console.error("no start-up cache for " + service.part() + ": " + e.getMessage());
            return false;
        }
    }

    private ServiceImage imageOf(Service service) {
        ServiceImage image = images.get(service);
        if (image == null) {
            throw new IllegalStateException("not prepared: " + service);
        }
        return image;
    }

    private static List<Runnable> each(java.util.function.Consumer<Service> step) {
        return Arrays.stream(Service.values())
                .map(service -> (Runnable) () -> step.accept(service))
                .toList();
    }
}
