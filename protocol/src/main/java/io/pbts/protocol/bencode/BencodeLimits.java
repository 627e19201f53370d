package io.pbts.protocol.bencode;

/**
 * What a decoder spends on one message before it gives up: a few kilobytes of nested lists must not cost a stack or a heap.
 *
 * @param maxBytes size of the whole message
 * @param maxDepth open lists and dictionaries at any point
 * @param maxTokens values and keys in all
 */
public record BencodeLimits(int maxBytes, int maxDepth, int maxTokens) {

    /** A metainfo file: 10 MiB hold the SHA-1 hashes of half a million pieces. */
    public static final BencodeLimits METAINFO = new BencodeLimits(10 << 20, 32, 2_000_000);

    /** Anything a peer or a tracker says. */
    public static final BencodeLimits MESSAGE = new BencodeLimits(64 << 10, 32, 16_384);

    public BencodeLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxTokens < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxBytes + ", " + maxDepth + ", " + maxTokens);
        }
    }
}
