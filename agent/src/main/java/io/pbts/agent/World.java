package io.pbts.agent;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** What a program finds around itself. */
record World(Map<String, String> environment, Path home, InputStream in, PrintStream out, PrintStream err) {

    static World real() {
        return new World(System.getenv(), Path.of(System.getProperty("user.home")), System.in, System.out, System.err);
    }

    Folders folders() {
        return Folders.of(environment, home);
    }
}
