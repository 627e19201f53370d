package io.pbts.receipt.legacy;

import io.pbts.support.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The unsafe routes of {@code local} do not exist for callers from elsewhere, even if somebody opens the port to them. */
@Component
@Profile("local")
class LoopbackOnly implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean unsafe =
                handler instanceof HandlerMethod method && method.getBeanType().isAnnotationPresent(Profile.class);
        if (unsafe && !isLoopback(request.getRemoteAddr())) {
            throw new Refusal(404, "http-404", "Not Found");
        }
        return true;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException impossible) {
            return false;
        }
    }
}
