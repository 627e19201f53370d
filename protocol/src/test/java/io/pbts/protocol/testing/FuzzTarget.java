package io.pbts.protocol.testing;

import java.util.List;

/** A reader of what strangers send. Implemented by enums, so that a fuzzer in another JVM finds it by its name. */
public interface FuzzTarget {

    String name();

    /** Reads the input. Throws only what no reader may throw. */
    void read(byte[] input);

    /** Good examples. */
    List<byte[]> examples();
}
