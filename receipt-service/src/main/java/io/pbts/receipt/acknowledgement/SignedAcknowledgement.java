package io.pbts.receipt.acknowledgement;

/**
 * An acknowledgement on the wire, all bytes in hexadecimal.
 *
 * @param first lowest sequence number among the rows
 * @param count rows that it covers
 * @param root over their hashes in ascending sequence
 * @param key the public key that signed, one of {@code acknowledgement_keys} of the instance
 * @param signature over the 85 bytes that {@code docs/protocol.md} describes
 */
public record SignedAcknowledgement(
        String instanceId, long first, int count, String root, String key, String signature) {}
