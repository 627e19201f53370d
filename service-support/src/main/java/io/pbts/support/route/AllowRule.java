package io.pbts.support.route;

import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** The mapping's rule against the caller. What has no rule is refused: the table is closed. */
final class AllowRule implements HandlerInterceptor {
    private static final String PASSKEY = "X-PBTS-Passkey";

    private final boolean local;

    AllowRule(boolean local) {
        this.local = local;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            return true;
        }
        if (handler instanceof ResourceHttpRequestHandler || Mappings.isErrorPage(handler)) {
            throw new Refusal(404, "http-404", "Not Found");
        }
        Rule rule = handler instanceof HandlerMethod method
                ? Mappings.ruleOf(method).orElseThrow(AllowRule::closed)
                : null;
        if (rule == null) {
            throw closed();
        }
        Caller caller = CurrentCaller.of(request);
        String passkey = request.getHeader(PASSKEY);
        if (rule.admits(caller, passkey != null && !passkey.isBlank(), local)) {
            return true;
        }
        throw refusal(rule, caller);
    }

    private static Refusal refusal(Rule rule, Caller caller) {
        String needed = "This needs " + rule.sentence();
        return caller instanceof Caller.Anonymous && rule.wantsCredential()
                ? new Refusal(401, "credentials-missing", needed)
                : new Refusal(403, "not-allowed", needed);
    }

    private static Refusal closed() {
        return new Refusal(403, "not-allowed", "This is open to nobody");
    }
}
