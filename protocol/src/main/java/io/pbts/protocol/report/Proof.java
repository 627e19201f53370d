package io.pbts.protocol.report;

import io.pbts.protocol.evidence.SignatureForm;
import org.apache.tuweni.bytes.Bytes;

/** What a report offers in proof of one receipt; the signatures are as sent. */
public sealed interface Proof {

    SignatureForm form();

    /** The receiver's own signature. */
    record Single(Bytes signature) implements Proof {
        public Single {
            signature = signature.copy();
        }

        @Override
        public SignatureForm form() {
            return SignatureForm.SINGLE;
        }
    }

    /** A wallet's signature over typed data (EIP-712). */
    record Typed(Bytes signature) implements Proof {
        public Typed {
            signature = signature.copy();
        }

        @Override
        public SignatureForm form() {
            return SignatureForm.TYPED;
        }
    }

    /** The report's aggregate signature covers it. */
    record InAggregate() implements Proof {
        @Override
        public SignatureForm form() {
            return SignatureForm.AGGREGATE;
        }
    }

    /**
     * It belongs to a batch, at the place in which it comes.
     *
     * @param batch number of the batch in the report, from 0
     */
    record InBatch(int batch) implements Proof {
        @Override
        public SignatureForm form() {
            return SignatureForm.BATCH;
        }
    }

    /**
     * A session key signed it.
     *
     * @param session number of the session in the report, from 0
     */
    record InSession(int session, Bytes signature) implements Proof {
        public InSession {
            signature = signature.copy();
        }

        @Override
        public SignatureForm form() {
            return SignatureForm.SESSION;
        }
    }
}
