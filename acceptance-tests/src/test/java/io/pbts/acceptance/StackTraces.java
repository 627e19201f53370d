package io.pbts.acceptance;

import java.util.Optional;
import java.util.regex.Pattern;

/** What of our insides would stand in an answer that quotes an exception. */
final class StackTraces {
    private static final Pattern FRAME =
            Pattern.compile("(?:\\t|\\\\t| )at [\\w.$@/]+\\((?:\\w+\\.java(?::\\d+)?|Native Method|Unknown Source)\\)");
    private static final Pattern THROWABLE = Pattern.compile(
            "\\b(?:javax?|jakarta|jdk|org\\.(?:springframework|hibernate|postgresql|apache)|tools\\.jackson|com\\.zaxxer|io\\.netty"
                    + "|reactor|io\\.pbts)\\.[\\w.$]*(?:Exception|Error)\\b");

    private StackTraces() {}

    /** The first piece of a stack trace in a text. */
    static Optional<String> in(String text) {
        if (text.contains("Caused by: ")) {
            return Optional.of("Caused by");
        }
        return Optional.<String>empty()
                .or(() -> text.contains(".java") || text.contains("(Native") || text.contains("(Unknown S")
                        ? first(FRAME, text)
                        : Optional.empty())
                .or(() -> text.contains("Exception") || text.contains("Error")
                        ? first(THROWABLE, text)
                        : Optional.empty());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
