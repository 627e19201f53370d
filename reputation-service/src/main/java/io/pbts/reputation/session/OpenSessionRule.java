package io.pbts.reputation.session;

import io.pbts.support.access.Caller;
import io.pbts.support.route.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** On an account's own routes a session must be open now, and not just seconds ago as the gateway knows: they can do lasting harm. */
@Configuration(proxyBeanMethods = false)
class OpenSessionRule implements WebMvcConfigurer, HandlerInterceptor {
    private final Sessions sessions;

    OpenSessionRule(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/api/v1/account", "/api/v1/account/**", "/api/v1/sessions/current");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (CurrentCaller.of(request) instanceof Caller.Account caller
                && caller.credential() == Caller.Credential.SESSION) {
            sessions.requireOpen(caller);
        }
        return true;
    }
}
