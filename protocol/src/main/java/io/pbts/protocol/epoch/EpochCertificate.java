package io.pbts.protocol.epoch;

import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.hash.Sha256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The certificate of a session whose key signed rows of the batch.
 *
 * @param certificate signed bytes of a {@link SessionCertificate}
 * @param signature the receiver's, over them
 */
public record EpochCertificate(Bytes certificate, Bytes signature) implements EpochRecord {
    public EpochCertificate {
        if (certificate.size() != SessionCertificate.SIGNED_SIZE || signature.size() != BlsSignature.SIZE) {
            throw new IllegalArgumentException(
                    "a certificate of %d bytes, signature of %d".formatted(certificate.size(), signature.size()));
        }
        certificate = certificate.copy();
        signature = signature.copy();
    }

    /** By what rows name it. */
    public Bytes32 fingerprint() {
        return Sha256.hash(certificate, signature);
    }

    @Override
    public RecordType type() {
        return RecordType.CERTIFICATE;
    }

    @Override
    public Bytes body() {
        return Bytes.concatenate(certificate, signature);
    }

    static EpochCertificate read(Fields fields) {
        return new EpochCertificate(
                fields.bytes("certificate", SessionCertificate.SIGNED_SIZE),
                fields.bytes("signature", BlsSignature.SIZE));
    }
}
