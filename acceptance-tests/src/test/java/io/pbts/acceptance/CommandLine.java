package io.pbts.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options and words of a command line; an option that is not expected is refused.
 *
 * @param options by name, with their values; empty values for those that take none
 * @param words the first that is no option, and all after it
 */
record CommandLine(Map<String, List<String>> options, List<String> words) {
    /**
     * Options up to the first other word.
     *
     * @param plain options without a value
     * @param valued options whose value is the next word, or stands after an equals sign
     */
    static CommandLine leading(List<String> arguments, Set<String> plain, Set<String> valued) {
        return read(arguments, plain, valued, true);
    }

    /** The same with options anywhere. */
    static CommandLine anywhere(List<String> arguments, Set<String> plain, Set<String> valued) {
        return read(arguments, plain, valued, false);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The option's value; fails without it. */
    String value(String option) {
        List<String> values = options.getOrDefault(option, List.of());
        if (values.size() != 1) {
            throw new StandIns.UnknownCommand("not one " + option);
        }
        return values.getFirst();
    }

    private static CommandLine read(List<String> arguments, Set<String> plain, Set<String> valued, boolean onlyFirst) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (!argument.startsWith("-") || argument.equals("-") || (onlyFirst && !words.isEmpty())) {
                words.add(argument);
            } else if (plain.contains(argument)) {
                options.computeIfAbsent(argument, _ -> new ArrayList<>());
            } else if (valued.contains(name) && !name.equals(argument)) {
                options.computeIfAbsent(name, _ -> new ArrayList<>()).add(argument.substring(equals + 1));
            } else if (valued.contains(name) && i + 1 < arguments.size()) {
                options.computeIfAbsent(name, _ -> new ArrayList<>()).add(arguments.get(++i));
            } else {
                throw new StandIns.UnknownCommand(argument + " in " + arguments);
            }
        }
        return new CommandLine(options, words);
    }
}
