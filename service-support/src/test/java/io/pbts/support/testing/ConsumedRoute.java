package io.pbts.support.testing;

import io.pbts.support.testing.SchemaMatch.Direction;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** One method of a consumer's interface beside the operation that it means. */
final class ConsumedRoute {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^/}]+)}");

    private final JsonNode document;
    private final Method question;
    private final List<String> problems;
    private final String name;

    ConsumedRoute(JsonNode document, Method question, List<String> problems) {
        this.document = document;
        this.question = question;
        this.problems = problems;
        this.name = question.getDeclaringClass().getSimpleName() + "." + question.getName();
    }

    void check() {
        String path = url(question.getDeclaringClass()) + url(question);
        String verb = verb(question)
                .or(() -> verb(question.getDeclaringClass()))
                .orElse("no method")
                .toLowerCase(Locale.ROOT);
        Optional<Map.Entry<String, JsonNode>> served = document.path("paths")
                .propertyStream()
                .filter(each -> shape(each.getKey()).equals(shape(path)))
                .findFirst();
        if (served.isEmpty()) {
            problem("no path " + path);
        } else if (!served.get().getValue().has(verb)) {
            problem(verb.toUpperCase(Locale.ROOT) + " " + path + " is not served, only "
                    + served.get().getValue().propertyNames());
        } else {
            JsonNode operation = served.get().getValue().get(verb);
            checkQuestion(path, served.get().getKey(), operation);
            checkAnswer(operation);
        }
    }

    private void checkQuestion(String path, String servedPath, JsonNode operation) {
        Set<String> sent = new HashSet<>();
        for (Parameter parameter : question.getParameters()) {
            Optional<String> variable = called(parameter, PathVariable.class);
            Optional<String> query = called(parameter, RequestParam.class);
            Optional<String> header = called(parameter, RequestHeader.class);
            if (variable.isPresent()) {
                int position = variables(path).indexOf(variable.get());
                sent.add("path " + position);
                String theirs =
                        position < 0 ? variable.get() : variables(servedPath).get(position);
                checkParameter("path", theirs, parameter, operation);
            } else if (query.isPresent()) {
                sent.add("query " + query.get());
                checkParameter("query", query.get(), parameter, operation);
            } else if (header.isPresent()) {
                sent.add("header " + header.get().toLowerCase(Locale.ROOT));
                checkParameter("header", header.get(), parameter, operation);
            } else if (parameter.isAnnotationPresent(RequestBody.class)) {
                sent.add("body");
                compare("body", Direction.SENT, SchemaMatch.typeOf(parameter), json(operation.path("requestBody")));
            } else {
                problem("the parameter " + parameter.getName() + " is of no kind that this check knows");
            }
        }
        required(servedPath, operation)
                .filter(each -> !sent.contains(each))
                .forEach(each -> problem("does not send what is required: " + each));
    }

    private Stream<String> required(String servedPath, JsonNode operation) {
        List<String> variables = variables(servedPath);
        List<String> required = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String called = parameter.path("name").asString();
            if (parameter.path("required").asBoolean(false)) {
                required.add(
                        switch (parameter.path("in").asString()) {
                            case "path" -> "path " + variables.indexOf(called);
                            case "header" -> "header " + called.toLowerCase(Locale.ROOT);
                            case String place -> place + " " + called;
                        });
            }
        }
        if (operation.path("requestBody").path("required").asBoolean(false)) {
            required.add("body");
        }
        return required.stream();
    }

    private void checkParameter(String place, String called, Parameter parameter, JsonNode operation) {
        operation
                .path("parameters")
                .valueStream()
                .filter(each -> each.path("in").asString().equals(place))
                .filter(each -> place.equals("header")
                        ? each.path("name").asString().equalsIgnoreCase(called)
                        : each.path("name").asString().equals(called))
                .findFirst()
                .ifPresentOrElse(
                        each -> compare(
                                place + " parameter " + called,
                                Direction.SENT,
                                SchemaMatch.typeOf(parameter),
                                each.path("schema")),
                        () -> problem("no " + place + " parameter " + called));
    }

    private void checkAnswer(JsonNode operation) {
        if (question.getReturnType() == void.class) {
            return;
        }
        JsonNode success = operation
                .path("responses")
                .propertyStream()
                .filter(each -> each.getKey().startsWith("2"))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(document.path("none"));
        if (question.getReturnType() == byte[].class) {
            if (!success.path("content").has("application/octet-stream")) {
                problem("answer: no bytes, only " + success.path("content").propertyNames());
            }
            return;
        }
        compare("answer", Direction.READ, SchemaMatch.answerOf(question), json(success));
    }

    private void compare(String where, Direction direction, JavaType type, JsonNode schema) {
        new SchemaMatch(document, direction, this::problem).compare(where, type, schema);
    }

    private static JsonNode json(JsonNode message) {
        return message.path("content").path("application/json").path("schema");
    }

    private static String url(AnnotatedElement element) {
        HttpExchange exchange = AnnotatedElementUtils.findMergedAnnotation(element, HttpExchange.class);
        return exchange == null ? "" : exchange.url();
    }

    private static Optional<String> verb(AnnotatedElement element) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(element, HttpExchange.class))
                .map(HttpExchange::method)
                .filter(method -> !method.isEmpty());
    }

    /** What a variable is called in a template never travels. */
    private static String shape(String path) {
        return VARIABLE.matcher(path).replaceAll("{}");
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    private static Optional<String> called(Parameter parameter, Class<? extends Annotation> kind) {
        MergedAnnotation<?> given = MergedAnnotations.from(parameter).get(kind);
        return given.isPresent()
                ? Optional.of(given.getString("name"))
                        .filter(name -> !name.isEmpty())
                        .or(() -> Optional.of(parameter.getName()))
                : Optional.empty();
    }

    private void problem(String found) {
        problems.add(name + ": " + found);
    }
}
