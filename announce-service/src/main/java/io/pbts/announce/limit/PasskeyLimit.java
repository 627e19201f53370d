package io.pbts.announce.limit;

/** How often a passkey may be used. */
@FunctionalInterface
public interface PasskeyLimit {
    /** For requests that are limited elsewhere. */
    PasskeyLimit NONE = (_, _) -> true;

    /** Whether the 32 characters from here on may be used once more now; if so, that is counted. Known or not: looked up later. */
    boolean admits(byte[] bytes, int from);
}
