package io.pbts.contract.submission;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.UnsignedTransaction;
import io.pbts.protocol.hash.Keccak256;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/** Makes the bytes: an EIP-1559 transaction of this chain, without value, signed by the settler. */
@Component
class Signer {
    /** A transaction as it is sent, and what it offers. */
    record Signed(Bytes bytes, Bytes32 hash, long gasLimit, Fees fees) {}

    private final SettlerKey settler;
    private final ChainNode node;
    private final ChainProperties chain;
    private final SubmissionProperties properties;

    Signer(SettlerKey settler, ChainNode node, ChainProperties chain, SubmissionProperties properties) {
        this.settler = settler;
        this.node = node;
        this.chain = chain;
        this.properties = properties;
    }

    /** What to offer now; empty while the chain asks more than the cap. */
    Optional<Fees> fees(Block head) {
        Fees suggested = Fees.suggested(head.baseFee(), node.suggestedTip(), properties);
        return suggested.covers(head.baseFee()) ? Optional.of(suggested) : Optional.empty();
    }

    Signed sign(Submission submission, long nonce, long gasLimit, Fees fees) {
        Bytes bytes = settler.sign(new UnsignedTransaction(
                chain.chainId(),
                nonce,
                gasLimit,
                submission.destination(),
                submission.payload(),
                fees.tip(),
                fees.most()));
        return new Signed(bytes, Keccak256.hash(bytes), gasLimit, fees);
    }
}
