package io.pbts.protocol.testing;

import java.util.stream.Stream;

/** Where a fuzzer enters. A JVM has one target: {@code -Dpbts.fuzz.target=class#constant}. */
public final class FuzzEntry {
    static final String PROPERTY = "pbts.fuzz.target";
    private static final FuzzTarget TARGET = named(System.getProperty(PROPERTY, ""));

    private FuzzEntry() {}

    /** Called once before. The time of each input is limited, and a busy machine may take longer to load what reads it. */
    public static void fuzzerInitialize() {
        TARGET.examples().forEach(TARGET::read);
    }

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.read(input);
    }

    private static FuzzTarget named(String name) {
        String[] parts = name.split("#", 2);
        try {
            return Stream.of(Class.forName(parts[0]).getEnumConstants())
                    .map(FuzzTarget.class::cast)
                    .filter(target -> target.name().equals(parts[1]))
                    .findFirst()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no such target: " + name, e);
        }
    }
}
