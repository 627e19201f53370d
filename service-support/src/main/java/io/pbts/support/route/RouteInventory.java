package io.pbts.support.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every route of the service with its rule. A route without one stops the start. */
public final class RouteInventory implements SmartInitializingSingleton {
    private final ApplicationContext context;

    RouteInventory(ApplicationContext context) {
        this.context = context;
    }

    /**
     * One line of the route table.
     *
     * @param who any of these suffices, such as {@code PASSKEY} or {@code SCOPE:report}
     * @param services which services, where {@code who} names SERVICE and not all are meant
     */
    public record Route(String method, String path, List<String> who, List<String> services) {
        public Route {
            who = List.copyOf(who);
            services = List.copyOf(services);
        }
    }

    /** Sorted by path and method. */
    public List<Route> routes() {
        return mapped().stream()
                .flatMap(mapped -> mapped.rule().stream().map(rule -> mapped.with(rule)))
                .distinct()
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> open = mapped().stream()
                .filter(mapped -> mapped.rule().isEmpty())
                .map(Mapped::words)
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException(
                    "Routes without @Allow: %s. Say who may use them".formatted(String.join("; ", open)));
        }
        boolean functional = context.getBeansOfType(RouterFunctionMapping.class).values().stream()
                .anyMatch(mapping -> mapping.getRouterFunction() != null);
        if (functional) {
            throw new IllegalStateException("A router function has no @Allow; use a controller");
        }
    }

    private record Mapped(String method, String path, HandlerMethod handler, Optional<Rule> rule) {
        Route with(Rule found) {
            return new Route(method, path, found.words(), found.sortedServices());
        }

        String words() {
            return "%s %s (%s)".formatted(method, path, handler.getShortLogMessage());
        }
    }

    private List<Mapped> mapped() {
        var found = new ArrayList<Mapped>();
        for (var mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (!Mappings.isErrorPage(handler)) {
                    paths(info).forEach(path -> methods(info)
                            .forEach(method -> found.add(new Mapped(method, path, handler, ruleOf(path, handler)))));
                }
            });
        }
        return found;
    }

    private static Optional<Rule> ruleOf(String path, HandlerMethod handler) {
        boolean health = path.equals("/actuator/health") || path.startsWith("/actuator/health/");
        return health ? Optional.of(Rule.ANYONE) : Mappings.ruleOf(handler);
    }

    private static Set<String> paths(RequestMappingInfo info) {
        return new TreeSet<>(info.getPatternValues());
    }

    private static Set<String> methods(RequestMappingInfo info) {
        var named = new TreeSet<String>();
        info.getMethodsCondition().getMethods().forEach(method -> named.add(method.name()));
        return named.isEmpty() ? Set.of("*") : named;
    }
}
