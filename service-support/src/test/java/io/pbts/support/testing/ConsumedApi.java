package io.pbts.support.testing;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * Compares a consumer's {@code @HttpExchange} interface with its provider's document: routes, parameters, and every field
 * that the consumer writes or reads. What the document does not mention is a failure, so that a provider cannot rename a
 * field without a consumer's build saying so (consumer-driven contracts, Robinson 2006).
 */
public final class ConsumedApi {
    private ConsumedApi() {}

    /** Fails with every difference at once. */
    public static void requireServed(ApiDocument provider, Class<?>... clients) {
        List<String> problems = Stream.of(clients)
                .flatMap(client -> problems(provider, client).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new AssertionError(provider.name() + " does not serve what is asked of it:\n  "
                    + String.join("\n  ", problems)
                    + "\nThe document is docs/openapi/" + provider.name() + ".json");
        }
    }

    static List<String> problems(ApiDocument provider, Class<?> client) {
        List<String> problems = new ArrayList<>();
        List<Method> questions = Stream.of(client.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .toList();
        if (questions.isEmpty()) {
            problems.add(client.getSimpleName() + " asks nothing");
        }
        for (Method question : questions) {
            if (AnnotatedElementUtils.hasAnnotation(question, HttpExchange.class)) {
                new ConsumedRoute(provider.root(), question, problems).check();
            } else {
                problems.add(client.getSimpleName() + "." + question.getName() + ": not an @HttpExchange");
            }
        }
        return problems;
    }
}
