package io.pbts.support.route;

import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;

/** The rules of mappings, those that libraries make included. */
final class Mappings {
    private static final String DESCRIPTION = "org.springdoc.";

    private Mappings() {}

    /** The rule of a mapped method; none means that nobody thought of one. */
    static Optional<Rule> ruleOf(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(DESCRIPTION) ? Optional.of(Rule.GATEWAY) : Rule.of(method);
    }

    /** The page for errors is reached by the container's own dispatch and by no path. */
    static boolean isErrorPage(Object handler) {
        return handler instanceof HandlerMethod method && ErrorController.class.isAssignableFrom(method.getBeanType());
    }
}
