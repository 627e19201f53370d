package io.pbts.support.trace;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The one place that decides whether there are traces: without a collector's address the framework's tracing is not even
 * configured. What the framework has for logs and metrics by OTLP never is.
 */
final class TracesSwitch implements AutoConfigurationImportFilter, EnvironmentAware, Condition {
    private static final List<String> TRACING =
            List.of("org.springframework.boot.micrometer.tracing.", "org.springframework.boot.opentelemetry.");
    private static final List<String> LOGS_AND_METRICS = List.of(
            "org.springframework.boot.opentelemetry.autoconfigure.logging.",
            "org.springframework.boot.opentelemetry.autoconfigure.metrics.");

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment found) {
        environment = found;
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        boolean on = isOn(Objects.requireNonNull(environment));
        boolean[] wanted = new boolean[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            wanted[i] = isWanted(candidates[i], on);
        }
        return wanted;
    }

    /** A candidate that another filter has taken out is null. */
    private static boolean isWanted(@Nullable String candidate, boolean on) {
        return candidate == null
                || TRACING.stream().noneMatch(candidate::startsWith)
                || (on && LOGS_AND_METRICS.stream().noneMatch(candidate::startsWith));
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isOn(context.getEnvironment());
    }

    private static boolean isOn(Environment environment) {
        return !environment.getProperty("pbts.traces.url", "").isBlank();
    }
}
