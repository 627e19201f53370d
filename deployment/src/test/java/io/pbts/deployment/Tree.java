package io.pbts.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value of a YAML document, or nothing. Reading never fails: what is not there is nothing, and nothing has no items. */
record Tree(Object value) {
    static final Tree NOTHING = new Tree(null);

    boolean exists() {
        return value != null;
    }

    /** The value at the end of a path of names and numbers, such as {@code at("spec", "ports", "0")}. */
    Tree at(String... path) {
        Tree found = this;
        for (String step : path) {
            found = found.step(step);
        }
        return found;
    }

    private Tree step(String step) {
        if (value instanceof Map<?, ?> map) {
            return new Tree(map.get(step));
        }
        if (value instanceof List<?> list && step.matches("\\d+")) {
            int index = Integer.parseInt(step);
            return index < list.size() ? new Tree(list.get(index)) : NOTHING;
        }
        return NOTHING;
    }

    List<Tree> items() {
        return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
    }

    Map<String, Tree> fields() {
        var fields = new LinkedHashMap<String, Tree>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), new Tree(field)));
        }
        return fields;
    }

    /** The scalar as text; empty for nothing. */
    String text() {
        return Objects.toString(value, "");
    }

    boolean is(Object expected) {
        return Objects.equals(value, expected);
    }

    /** The number, or -1 for what is none. */
    int number() {
        return value instanceof Number number ? number.intValue() : -1;
    }

    /** As labels: texts by name. */
    Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        fields().forEach((name, label) -> labels.put(name, label.text()));
        return labels;
    }

    Tree copy() {
        return new Tree(copy(value));
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            var copied = new LinkedHashMap<Object, Object>();
            map.forEach((name, field) -> copied.put(name, copy(field)));
            return copied;
        }
        if (value instanceof List<?> list) {
            var copied = new ArrayList<>();
            list.forEach(item -> copied.add(copy(item)));
            return copied;
        }
        return value;
    }
}
