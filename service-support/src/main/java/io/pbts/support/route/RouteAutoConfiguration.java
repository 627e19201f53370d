package io.pbts.support.route;

import io.pbts.support.access.Caller;
import io.pbts.support.access.ServiceTokenVerifier;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A closed table of routes for every servlet service. */
@AutoConfiguration(
        afterName = {
            "io.pbts.support.access.TokenAutoConfiguration",
            "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({RoutesController.class, HealthController.class})
class RouteAutoConfiguration {

    /** First of all filters, so that a refused body is not even read. */
    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            ServiceTokenVerifier verifier,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> translation) {
        var registration = new FilterRegistrationBean<>(new AccessFilter(verifier, translation::getObject));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebMvcConfigurer accessRules(Environment environment) {
        var rule = new AllowRule(environment.matchesProfiles("local"));
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(rule).order(Ordered.HIGHEST_PRECEDENCE);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CurrentCaller());
            }
        };
    }

    /** A caller is known from the token; in the service's description it is no parameter. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SpringDocUtils.class)
    static class Description {
        static {
            SpringDocUtils.getConfig()
                    .addRequestWrapperToIgnore(
                            Caller.class,
                            Caller.Anonymous.class,
                            Caller.Account.class,
                            Caller.Admin.class,
                            Caller.Sibling.class);
        }
    }

    @Bean
    RouteInventory routeInventory(ApplicationContext context) {
        return new RouteInventory(context);
    }
}
