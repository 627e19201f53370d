package io.pbts.support.route;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.ServiceKeys;
import io.pbts.support.access.Who;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Who may use one route: an {@link Allow}, checked. */
record Rule(Set<Who> who, Set<Scope> scopes, Set<String> services) {
    /** For what a library maps on our behalf and only the gateway reads. */
    static final Rule GATEWAY = new Rule(Set.of(Who.SERVICE), Set.of(), Set.of("gateway"));

    static final Rule ANYONE = new Rule(Set.of(Who.ANYONE), Set.of(), Set.of());

    /** What an anonymous caller could still show to be let in. */
    private static final Set<Who> SHOWABLE = Set.of(Who.PASSKEY, Who.ACCOUNT, Who.SCOPE, Who.ADMIN);

    Rule {
        who = Set.copyOf(who);
        scopes = Set.copyOf(scopes);
        services = Set.copyOf(services);
        if (who.isEmpty() || (who.contains(Who.ANYONE) && who.size() > 1)) {
            throw new IllegalArgumentException("@Allow names nobody, or somebody beside ANYONE");
        }
        if (who.contains(Who.SCOPE) == scopes.isEmpty()) {
            throw new IllegalArgumentException("@Allow: SCOPE and its scope go together");
        }
        if ((!services.isEmpty() && !who.contains(Who.SERVICE)) || !ServiceKeys.SERVICES.containsAll(services)) {
            throw new IllegalArgumentException("@Allow: services %s need SERVICE and known names".formatted(services));
        }
    }

    /** The rule of a controller's method, or of its class. */
    static Optional<Rule> of(HandlerMethod method) {
        Allow own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Allow.class);
        Allow found = own != null ? own : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allow.class);
        return Optional.ofNullable(found)
                .map(allow -> new Rule(Set.of(allow.value()), Set.of(allow.scope()), Set.of(allow.services())));
    }

    boolean admits(Caller caller, boolean showsPasskey, boolean local) {
        return who.stream().anyMatch(kind -> switch (kind) {
            case ANYONE -> true;
            case LOOPBACK -> local && caller.isLoopback();
            case PASSKEY -> showsPasskey;
            case ACCOUNT ->
                caller instanceof Caller.Account account && account.credential() == Caller.Credential.SESSION;
            case SCOPE ->
                caller instanceof Caller.Account account && scopes.stream().anyMatch(account::holds);
            case ADMIN -> caller instanceof Caller.Admin;
            case SERVICE ->
                caller instanceof Caller.Sibling(var service) && (services.isEmpty() || services.contains(service));
        });
    }

    /** Whether a credential would help a caller who showed none. */
    boolean wantsCredential() {
        return who.stream().anyMatch(SHOWABLE::contains);
    }

    /** As in the route table: {@code PASSKEY}, {@code SCOPE:report}. */
    List<String> words() {
        return EnumSet.copyOf(who).stream()
                .flatMap(kind -> kind == Who.SCOPE
                        ? scopes.stream().sorted().map(scope -> "SCOPE:" + scope.wire())
                        : java.util.stream.Stream.of(kind.name()))
                .toList();
    }

    List<String> sortedServices() {
        return List.copyOf(new TreeSet<>(services));
    }

    /** For a sentence: what would have been enough. */
    String sentence() {
        return words().stream()
                .map(word -> word.startsWith("SCOPE:")
                        ? "an API key with scope " + word.substring(6)
                        : switch (Who.valueOf(word)) {
                            case ANYONE, SCOPE -> word;
                            case LOOPBACK -> "a caller on this machine (profile local)";
                            case PASSKEY -> "a passkey (X-PBTS-Passkey)";
                            case ACCOUNT -> "a session (Authorization: Bearer)";
                            case ADMIN -> "the operator";
                            case SERVICE -> "a service of the suite";
                        })
                .collect(Collectors.joining(" or "));
    }
}
