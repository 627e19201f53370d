package io.pbts.gateway.docs;

import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.page.SharedBytes;
import io.pbts.gateway.route.Lookup;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.route.RouteTable;
import io.pbts.support.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service's OpenAPI document as it is true from outside: its server is the gateway, and only routes that the gateway has in
 * this profile remain.
 */
final class ApiDescriptions {
    private static final Set<String> OPERATIONS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration KEEP_FOR = Duration.ofSeconds(10);

    private final BackendQuestions questions;
    private final RouteTable routes;
    private final JsonMapper json;
    private final Map<Owner, SharedBytes> newest = new ConcurrentHashMap<>();
    private final Map<Owner, Mono<SharedBytes>> kept = new ConcurrentHashMap<>();

    ApiDescriptions(BackendQuestions questions, RouteTable routes, JsonMapper json) {
        this.questions = questions;
        this.routes = routes;
        this.json = json;
    }

    /** Asked anew when what is known is older than some seconds, and once for all who ask meanwhile. */
    Mono<SharedBytes> of(Owner owner) {
        return kept.computeIfAbsent(owner, asked -> Mono.defer(() -> ask(asked)) // each time with a token of that time
                .cache(known -> KEEP_FOR, failed -> Duration.ZERO, () -> Duration.ZERO));
    }

    private Mono<SharedBytes> ask(Owner owner) {
        return questions
                .ask(owner, "/v3/api-docs")
                .retrieve()
                .bodyToMono(byte[].class)
                .timeout(TIMEOUT)
                .map(body -> shared(owner, fromOutside(owner, json.readValue(body, ObjectNode.class))))
                .onErrorMap(
                        failed -> failed instanceof WebClientException
                                || failed instanceof java.util.concurrent.TimeoutException,
                        failed -> new Refusal(
                                503,
                                "unavailable",
                                "The " + owner.label() + " service does not describe itself now; try again in 2 s",
                                RETRY,
                                failed));
    }

    /** Descriptions hardly ever change: the memory of the last one serves again. */
    private SharedBytes shared(Owner owner, ObjectNode document) {
        byte[] bytes = json.writeValueAsBytes(document);
        return newest.compute(
                owner, (same, known) -> known != null && known.hold(bytes) ? known : SharedBytes.of(bytes));
    }

    private ObjectNode fromOutside(Owner owner, ObjectNode document) {
        document.putArray("servers").addObject().put("url", "/");
        if (document.get("paths") instanceof ObjectNode paths) {
            for (String path : List.copyOf(paths.propertyNames())) {
                if (paths.get(path) instanceof ObjectNode operations) {
                    operations.remove(absent(owner, path, operations));
                    if (operations.propertyStream().noneMatch(each -> OPERATIONS.contains(each.getKey()))) {
                        paths.remove(path);
                    }
                }
            }
        }
        return document;
    }

    private List<String> absent(Owner owner, String path, ObjectNode operations) {
        String example = path.replaceAll("\\{[^/}]*}", "x");
        return operations.propertyNames().stream()
                .filter(OPERATIONS::contains)
                .filter(name -> !routed(HttpMethod.valueOf(name.toUpperCase(Locale.ROOT)), example, owner))
                .toList();
    }

    private boolean routed(HttpMethod method, String path, Owner owner) {
        return routes.lookup(method, path) instanceof Lookup.Found(PublicRoute route) && route.owner() == owner;
    }
}
