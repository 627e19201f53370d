package io.pbts.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of an {@code @HttpExchange} client: the POST only asks, so {@link ServiceCalls} tries it again as it does a
 * GET. For questions that are too long for a URL.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RepeatableRead {}
