package io.pbts.contract.chain.contracts;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.contract.chain.wrapper.ReputationFactory;
import io.pbts.protocol.account.EthereumAddress;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.stereotype.Component;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterNumber;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/**
 * Opens contracts by address. What they are told is encoded here and sent elsewhere; the wrappers themselves only
 * read.
 */
@Component
public final class Contracts {
    private final Web3j web3j;
    private final ReadonlyTransactionManager reader;

    Contracts(Web3j web3j, SettlerKey settler) {
        this.web3j = web3j;
        this.reader = new ReadonlyTransactionManager(web3j, settler.address().checksummed());
    }

    public LedgerContract ledger(EthereumAddress address) {
        return new LedgerContract(at -> {
            var wrapper = Reputation.load(address.checksummed(), web3j, reader, new DefaultGasProvider());
            wrapper.setDefaultBlockParameter(at.tag());
            return wrapper;
        });
    }

    /** The ledger as it is at the end of that block, whichever state is asked for: all answers are of one moment. */
    public LedgerContract ledgerAt(EthereumAddress address, Block block) {
        return new LedgerContract(_ -> {
            var wrapper = Reputation.load(address.checksummed(), web3j, reader, new DefaultGasProvider());
            wrapper.setDefaultBlockParameter(new DefaultBlockParameterNumber(block.number()));
            return wrapper;
        });
    }

    public FactoryContract factory(EthereumAddress address) {
        return new FactoryContract(
                ReputationFactory.load(address.checksummed(), web3j, reader, new DefaultGasProvider()));
    }

    /** What creates a factory that knows no earlier ones. */
    public Bytes factoryCreation() {
        String constructor = FunctionEncoder.encodeConstructor(List.of(new DynamicArray<>(Address.class, List.of())));
        return Bytes.fromHexString(ReputationFactory.BINARY.strip() + constructor);
    }
}
