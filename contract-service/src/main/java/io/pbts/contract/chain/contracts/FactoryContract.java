package io.pbts.contract.chain.contracts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.contract.chain.MinedReceipt;
import io.pbts.contract.chain.wrapper.ReputationFactory;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** The factory of ledgers. */
public final class FactoryContract {
    public static final EthereumAddress NO_REFERRER = new EthereumAddress(Bytes.wrap(new byte[EthereumAddress.SIZE]));

    /** What the original logs at a creation. It is no proof of anything; the contract only logs it. */
    private static final byte[] ATTESTATION = "PBTS-Tracker-v1.0".getBytes(US_ASCII);

    private final ReputationFactory wrapper;

    FactoryContract(ReputationFactory wrapper) {
        this.wrapper = wrapper;
    }

    /** The call that creates a ledger of the caller. */
    public Bytes createReputation(EthereumAddress referrer) {
        return Bytes.fromHexString(
                wrapper.createReputation(referrer.checksummed(), ATTESTATION).encodeFunctionCall());
    }

    /** The ledger that a transaction created, by its event. */
    public static Optional<EthereumAddress> createdLedger(MinedReceipt receipt) {
        return ReputationFactory.getReputationCreatedEvents(receipt.raw()).stream()
                .findFirst()
                .map(event -> EthereumAddress.parse(event.newReputationAddress));
    }
}
