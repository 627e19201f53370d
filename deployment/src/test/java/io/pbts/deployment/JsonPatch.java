package io.pbts.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations add, replace and remove of RFC 6902. */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(Tree document, Tree operation) {
        String[] steps = operation.at("path").text().substring(1).split("/", -1);
        Tree parent = document;
        for (int i = 0; i < steps.length - 1; i++) {
            parent = parent.at(plain(steps[i]));
        }
        String last = plain(steps[steps.length - 1]);
        String verb = operation.at("op").text();
        Object value = operation.at("value").copy().value();
        switch (parent.value()) {
            case Map<?, ?> _ -> onMap(Kustomize.asMap(parent), verb, last, value);
            case List<?> _ -> onList(parent, verb, last, value);
            case null, default -> throw new IllegalArgumentException("nothing to patch at " + operation.at("path"));
        }
    }

    /** A member that is an object, made when it is not there. */
    @SuppressWarnings("unchecked") // every map of a document has texts as keys
    static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    private static void onMap(Map<String, Object> parent, String verb, String name, Object value) {
        if (!verb.equals("add") && !parent.containsKey(name)) {
            throw new IllegalArgumentException("cannot %s %s: it is not there".formatted(verb, name));
        }
        switch (verb) {
            case "add", "replace" -> parent.put(name, value);
            case "remove" -> parent.remove(name);
            default -> throw new IllegalArgumentException("unknown operation " + verb);
        }
    }

    @SuppressWarnings("unchecked") // a list of a document holds anything
    private static void onList(Tree parent, String verb, String position, Object value) {
        var list = (List<Object>) parent.value();
        int index = position.equals("-") ? list.size() : Integer.parseInt(position);
        switch (verb) {
            case "add" -> list.add(index, value);
            case "replace" -> list.set(index, value);
            case "remove" -> list.remove(index);
            default -> throw new IllegalArgumentException("unknown operation " + verb);
        }
    }

    private static String plain(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
