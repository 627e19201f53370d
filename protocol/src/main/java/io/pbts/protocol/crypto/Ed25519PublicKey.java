package io.pbts.protocol.crypto;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The public half of a tracker's key for acknowledgements: 32 bytes (RFC 8032). */
public record Ed25519PublicKey(Bytes32 bytes) {
    public Ed25519PublicKey {
        bytes = bytes.copy();
    }

    /** Whether its owner signed the message. A key or a signature that is no point verifies nothing. */
    public boolean verifies(Bytes message, Bytes signature) {
        byte[] content = message.toArray();
        return signature.size() == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature.toArray(), 0, bytes.toArray(), 0, content, 0, content.length);
    }

    /** Lower case, without a prefix. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
