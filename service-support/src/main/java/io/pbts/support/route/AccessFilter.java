package io.pbts.support.route;

import io.pbts.support.Refusal;
import io.pbts.support.access.ServiceTokenVerifier;
import io.pbts.support.access.ServiceTokenVerifier.Answer;
import io.pbts.support.access.ServiceTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * No request passes without a service token, before a byte of its body is read. Only the health of the process is told to
 * whoever asks: the kubelet has no key.
 */
final class AccessFilter extends OncePerRequestFilter {
    /** On the raw path, with letters that mean nothing to a path, so that no way of writing one hides behind it. */
    private static final Pattern HEALTH = Pattern.compile("/actuator/health(/[A-Za-z0-9_-]{1,64}){0,4}");

    private final ServiceTokenVerifier verifier;
    private final Supplier<HandlerExceptionResolver> translation;

    AccessFilter(ServiceTokenVerifier verifier, Supplier<HandlerExceptionResolver> translation) {
        this.verifier = verifier;
        this.translation = translation;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HEALTH.matcher(request.getRequestURI()).matches()) {
            chain.doFilter(request, response);
            return;
        }
        switch (verifier.verify(request.getHeader(ServiceTokens.HEADER))) {
            case Answer.Accepted(var caller) -> {
                request.setAttribute(CurrentCaller.ATTRIBUTE, caller);
                chain.doFilter(request, response);
            }
            case Answer.Refused(var code, var sentence) -> refuse(request, response, new Refusal(401, code, sentence));
        }
    }

    /** The same words as for a refusal further in: one translation for all. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
        if (translation.get().resolveException(request, response, null, refusal) == null) {
            response.setStatus(refusal.status());
        }
    }
}
