package io.pbts.support.route;

import io.pbts.support.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The caller of a request, left there by {@link AccessFilter}; also as a controller method's parameter. */
public final class CurrentCaller implements HandlerMethodArgumentResolver {
    static final String ATTRIBUTE = Caller.class.getName();

    CurrentCaller() {}

    /** Who asks. Throws when the filter did not see the request, which is a fault of ours. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a request without a caller: " + request.getRequestURI());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType());
    }

    /** A parameter of one kind, such as {@link Caller.Account}, needs a rule that admits that kind only. */
    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binding) {
        HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) {
            throw new IllegalStateException("not a servlet request");
        }
        Caller caller = of(servlet);
        if (!parameter.getParameterType().isInstance(caller)) {
            throw new IllegalStateException("%s admits %s, which its method cannot take"
                    .formatted(servlet.getRequestURI(), caller.getClass().getSimpleName()));
        }
        return caller;
    }
}
