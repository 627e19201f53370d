package io.pbts.agent;

/** A manual page in the macros of man(7). Text is taken as it is: nothing in it is a macro. */
final class Roff {

    private final StringBuilder page = new StringBuilder();

    void title(String name, int section, String source, String manual) {
        page.append(".TH \"%s\" %d \"\" \"%s\" \"%s\"\n".formatted(name, section, source, manual));
        page.append(".nh\n.ad l\n");
    }

    void section(String name) {
        page.append(".SH ").append(name).append('\n');
    }

    void subsection(String name) {
        page.append(".SS ").append(escaped(name)).append('\n');
    }

    void text(String paragraph) {
        page.append(".P\n").append(escaped(paragraph)).append('\n');
    }

    void item(String term, String sentence) {
        page.append(".TP\n\\fB")
                .append(escaped(term))
                .append("\\fR\n")
                .append(escaped(sentence))
                .append('\n');
    }

    String text() {
        return page.toString();
    }

    /** A backslash begins an escape, a point or an apostrophe at the begin of a line a macro; a hyphen may become a dash. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\s*\\R\\s*", " ");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
