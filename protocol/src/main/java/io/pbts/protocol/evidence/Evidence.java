package io.pbts.protocol.evidence;

import io.pbts.protocol.merkle.LogProof;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What is kept of a signature beside its receipt, so that others can check it later; the bytes per form are in
 * {@code docs/protocol.md}.
 *
 * @param form how it was signed
 * @param bytes alone enough for single, typed and batch; an aggregate needs the receipts that it was made with, a session
 *     its certificate
 */
public record Evidence(SignatureForm form, Bytes bytes) {
    public Evidence {
        bytes = bytes.copy();
    }

    /** The receiver's own signature. */
    public static Evidence single(Bytes signature) {
        return new Evidence(SignatureForm.SINGLE, signature);
    }

    /** A wallet's signature over typed data. */
    public static Evidence typed(Bytes signature) {
        return new Evidence(SignatureForm.TYPED, signature);
    }

    /** The aggregate that a receipt is part of. */
    public static Evidence aggregate(Bytes signature) {
        return new Evidence(SignatureForm.AGGREGATE, signature);
    }

    /** A batch's signature and the receipt's place in it: {@code signature || u32 count || u32 place || path}. */
    public static Evidence batch(Bytes signature, LogProof place) {
        return new Evidence(
                SignatureForm.BATCH,
                Bytes.concatenate(
                        signature,
                        Bytes.ofUnsignedInt(place.size()),
                        Bytes.ofUnsignedInt(place.index()),
                        Bytes.concatenate(place.path().toArray(new Bytes[0]))));
    }

    /** A session key's signature and the certificate's {@link SessionCertificate#fingerprint}. */
    public static Evidence session(Bytes signature, Bytes32 certificate) {
        return new Evidence(SignatureForm.SESSION, Bytes.concatenate(signature, certificate));
    }
}
