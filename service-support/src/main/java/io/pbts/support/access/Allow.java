package io.pbts.support.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use a route: any one of these suffices. On a method, or on its class for all that do not say otherwise. */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Allow {
    Who[] value();

    /** With {@link Who#SCOPE}, and only then: one of these must be held. */
    Scope[] scope() default {};

    /** With {@link Who#SERVICE}, and only then: the services meant; none named means every one. */
    String[] services() default {};
}
