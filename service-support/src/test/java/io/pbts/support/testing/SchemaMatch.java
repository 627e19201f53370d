package io.pbts.support.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.type.TypeFactory;

/** Walks a Java type and a JSON schema side by side and reports where one has what the other has not. */
final class SchemaMatch {
    /** Who writes the JSON: the consumer what is sent, the provider what is read. */
    enum Direction {
        SENT,
        READ
    }

    private static final TypeFactory TYPES = TypeFactory.createDefaultInstance();
    private static final List<Class<?>> INTS = List.of(int.class, Integer.class);
    private static final List<Class<?>> INTEGERS =
            List.of(int.class, Integer.class, long.class, Long.class, BigInteger.class);
    private static final List<Class<?>> NUMBERS = List.of(double.class, Double.class, BigDecimal.class);
    private static final List<Class<?>> BOOLEANS = List.of(boolean.class, Boolean.class);

    private final JsonNode document;
    private final Direction direction;
    private final Consumer<String> problems;
    private final Set<Map.Entry<JavaType, JsonNode>> seen = new HashSet<>();

    SchemaMatch(JsonNode document, Direction direction, Consumer<String> problems) {
        this.document = document;
        this.direction = direction;
        this.problems = problems;
    }

    static JavaType typeOf(Parameter parameter) {
        return TYPES.constructType(parameter.getParameterizedType());
    }

    static JavaType answerOf(Method question) {
        JavaType type = TYPES.constructType(question.getGenericReturnType());
        return type.hasRawClass(ResponseEntity.class) ? type.containedTypeOrUnknown(0) : type;
    }

    void compare(String where, JavaType type, JsonNode written) {
        JsonNode schema = resolved(written);
        Class<?> raw = type.getRawClass();
        Set<String> types = types(schema);
        if (types.isEmpty()) {
            problems.accept(where + ": the document says nothing of its type");
        } else if (raw.isRecord()) {
            if (is(where, type, "object", types) && seen.add(Map.entry(type, schema))) {
                compareFields(where, type, schema);
            }
        } else if (type.isMapLikeType()) {
            if (is(where, type, "object", types)) {
                compare(where + ".*", type.getContentType(), schema.path("additionalProperties"));
            }
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            if (is(where, type, "array", types)) {
                compare(where + "[]", type.getContentType(), schema.path("items"));
            }
        } else {
            compareScalar(where, type, types, schema.path("format").asString(""));
        }
    }

    private void compareFields(String where, JavaType type, JsonNode schema) {
        Set<String> known = new HashSet<>();
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            String field = wireName(component);
            known.add(field);
            JsonNode theirs = schema.path("properties").path(field);
            if (theirs.isMissingNode()) {
                problems.accept(where + ": no field " + field + ", only "
                        + schema.path("properties").propertyNames());
            } else {
                compareNullness(where + "." + field, component, schema.path("required"), field);
                JavaType fieldType = TYPES.resolveMemberType(component.getGenericType(), type.getBindings());
                compare(where + "." + field, fieldType, theirs);
            }
        }
        if (direction == Direction.SENT) {
            schema.path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(field -> !known.contains(field))
                    .forEach(field -> problems.accept(where + ": does not send the required field " + field));
        }
    }

    private void compareNullness(String where, RecordComponent component, JsonNode required, String field) {
        boolean always = required.valueStream().anyMatch(each -> each.asString().equals(field));
        boolean mayLack = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (direction == Direction.READ && !always && !mayLack) {
            problems.accept(where + ": may be absent, and the component is not @Nullable");
        }
    }

    private void compareScalar(String where, JavaType type, Set<String> types, String format) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class || raw.isEnum()) {
            is(where, type, "string", types);
        } else if (BOOLEANS.contains(raw)) {
            is(where, type, "boolean", types);
        } else if (INTEGERS.contains(raw)) {
            if (is(where, type, "integer", types)) {
                compareWidth(where, raw, format);
            }
        } else if (NUMBERS.contains(raw)) {
            // A decimal that must not become a double on its way travels as text.
            boolean decimal = types.equals(Set.of("string")) && format.equals("decimal") && raw == BigDecimal.class;
            if (!decimal && !types.equals(Set.of("integer"))) {
                is(where, type, "number", types);
            }
        } else {
            problems.accept(where + ": " + raw.getSimpleName() + " is no type that this check knows");
        }
    }

    private void compareWidth(String where, Class<?> raw, String format) {
        boolean fits =
                switch (direction) {
                    case READ ->
                        INTS.contains(raw)
                                ? format.equals("int32")
                                : raw == BigInteger.class || format.matches("int32|int64");
                    case SENT ->
                        switch (format) {
                            case "int32" -> INTS.contains(raw);
                            case "int64" -> raw != BigInteger.class;
                            default -> true;
                        };
                };
        if (!fits) {
            problems.accept(
                    where + ": " + raw.getSimpleName() + " beside " + (format.isEmpty() ? "unbounded" : format));
        }
    }

    private boolean is(String where, JavaType type, String wanted, Set<String> types) {
        boolean same = types.equals(Set.of(wanted));
        if (!same) {
            problems.accept(where + ": " + type.getRawClass().getSimpleName() + " beside " + String.join("|", types));
        }
        return same;
    }

    private static String wireName(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? snakeCase(component.getName()) : given.value();
    }

    private static String snakeCase(String name) {
        return PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, name);
    }

    /** Behind references, and behind a choice that is between one type and null. */
    private JsonNode resolved(JsonNode schema) {
        JsonNode now = schema;
        while (now.has("$ref")) {
            now = document.at(now.get("$ref").asString().substring(1));
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            List<JsonNode> real = now.path(choice)
                    .valueStream()
                    .filter(each -> !each.path("type").asString("").equals("null"))
                    .toList();
            if (real.size() == 1) {
                return resolved(real.getFirst());
            }
        }
        return now;
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types = new HashSet<>();
        if (type.isArray()) {
            type.valueStream().map(JsonNode::asString).forEach(types::add);
        } else if (type.isString()) {
            types.add(type.asString());
        }
        types.remove("null");
        return types;
    }
}
