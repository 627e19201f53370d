package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.DefaultBlockParameterNumber;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.exceptions.ClientConnectionException;
import tools.jackson.core.JacksonException;

/**
 * The chain's node by JSON-RPC. No answer, or one that cannot be read, is {@link FactUnavailable}; an error that the node
 * states is {@link NodeRefusal}.
 */
public final class ChainNode {
    private static final String OWNER = "the chain";
    private static final int REVERTED = 3;
    private static final Pattern HEX = Pattern.compile("0x([0-9a-fA-F]{2})*");

    private final Web3j web3j;

    ChainNode(Web3j web3j) {
        this.web3j = web3j;
    }

    public long chainId() {
        return ask(web3j.ethChainId()).getChainId().longValueExact();
    }

    /** The block that the tag names now; empty when the chain has none. */
    public Optional<Block> block(At at) {
        return block(at.tag());
    }

    /** The block at a height; empty when the node has none there yet. */
    public Optional<Block> block(long number) {
        return block(new DefaultBlockParameterNumber(number));
    }

    public Bytes32 genesisHash() {
        return block(DefaultBlockParameterName.EARLIEST)
                .map(Block::hash)
                .orElseThrow(() -> new FactUnavailable(OWNER, null));
    }

    /** How many transactions of this sender the chain has. */
    public long nonce(EthereumAddress sender, At at) {
        return ask(web3j.ethGetTransactionCount(sender.checksummed(), at.tag()))
                .getTransactionCount()
                .longValueExact();
    }

    public Optional<MinedReceipt> receipt(Bytes32 transaction) {
        return ask(web3j.ethGetTransactionReceipt(transaction.toHexString()))
                .getTransactionReceipt()
                .filter(receipt -> receipt.getBlockHash() != null)
                .map(MinedReceipt::of);
    }

    /** What an address has, in wei, after the block at this one's height. */
    public BigInteger balance(EthereumAddress address, Block block) {
        var at = new DefaultBlockParameterNumber(block.number());
        return ask(web3j.ethGetBalance(address.checksummed(), at)).getBalance();
    }

    public boolean hasCode(EthereumAddress address) {
        String code = ask(web3j.ethGetCode(address.checksummed(), DefaultBlockParameterName.LATEST))
                .getCode();
        return code != null && code.length() > 2;
    }

    /** What the node would pay a validator, in wei per gas. */
    public BigInteger suggestedTip() {
        return ask(web3j.ethMaxPriorityFeePerGas()).getMaxPriorityFeePerGas();
    }

    /**
     * The topics of a contract's events in these blocks, both ends included.
     *
     * @param kinds hashes of the events' signatures
     */
    public List<List<Bytes32>> events(EthereumAddress contract, Collection<Bytes32> kinds, long from, long to) {
        var filter = new EthFilter(
                new DefaultBlockParameterNumber(from), new DefaultBlockParameterNumber(to), contract.checksummed());
        filter.addOptionalTopics(kinds.stream().map(Bytes32::toHexString).toArray(String[]::new));
        List<List<Bytes32>> found = new ArrayList<>();
        for (EthLog.LogResult<?> result : ask(web3j.ethGetLogs(filter)).getLogs()) {
            if (result.get() instanceof Log log) {
                found.add(log.getTopics().stream().map(Bytes32::fromHexString).toList());
            }
        }
        return found;
    }

    /** Hands over signed bytes. */
    public void send(Bytes signed) {
        ask(web3j.ethSendRawTransaction(signed.toHexString()));
    }

    /** What a call would cost on the latest state. */
    public GasEstimate estimate(EthereumAddress from, @Nullable EthereumAddress to, Bytes payload) {
        try {
            Transaction call = transaction(from, to, payload);
            return new GasEstimate.Enough(
                    ask(web3j.ethEstimateGas(call)).getAmountUsed().longValueExact());
        } catch (NodeRefusal refused) {
            Revert revert = simulate(from, to, payload).orElseThrow(() -> refused);
            return new GasEstimate.Reverts(revert);
        }
    }

    /** Why a call would revert on the latest state; empty when it would not. */
    public Optional<Revert> simulate(EthereumAddress from, @Nullable EthereumAddress to, Bytes payload) {
        Response<?> answer = answerTo(web3j.ethCall(transaction(from, to, payload), DefaultBlockParameterName.LATEST));
        if (!answer.hasError()) {
            return Optional.empty();
        }
        Response.Error error = answer.getError();
        boolean reverted = error.getCode() == REVERTED
                || String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("revert");
        if (!reverted) {
            throw new NodeRefusal(String.valueOf(error.getMessage()), null);
        }
        return Optional.of(Revert.decode(revertData(error)));
    }

    /** The bytes that were returned, wherever in the error's data the node puts them. */
    private static Bytes revertData(Response.Error error) {
        Matcher hex = HEX.matcher(String.valueOf(error.getData()));
        return hex.find() ? Bytes.fromHexString(hex.group()) : Bytes.EMPTY;
    }

    /** What reading by a generated wrapper threw, in this class's words. */
    public static RuntimeException translated(Exception failed) {
        return switch (failed) {
            case IOException io -> new FactUnavailable(OWNER, io);
            case ClientConnectionException connection -> new FactUnavailable(OWNER, connection);
            case JacksonException unreadable -> new FactUnavailable(OWNER, unreadable);
            default -> new NodeRefusal(String.valueOf(failed.getMessage()), failed);
        };
    }

    private Optional<Block> block(DefaultBlockParameter at) {
        EthBlock.Block found = ask(web3j.ethGetBlockByNumber(at, false)).getBlock();
        return Optional.ofNullable(found)
                .map(block -> new Block(
                        block.getNumber().longValueExact(),
                        Bytes32.fromHexString(block.getHash()),
                        block.getBaseFeePerGasRaw() == null ? BigInteger.ZERO : block.getBaseFeePerGas()));
    }

    private static Transaction transaction(EthereumAddress from, @Nullable EthereumAddress to, Bytes payload) {
        String destination = to == null ? null : to.checksummed();
        return Transaction.createEthCallTransaction(from.checksummed(), destination, payload.toHexString());
    }

    private static <R extends Response<?>> R ask(Request<?, R> request) {
        R answer = answerTo(request);
        if (answer.hasError()) {
            throw new NodeRefusal(String.valueOf(answer.getError().getMessage()), null);
        }
        return answer;
    }

    private static <R extends Response<?>> R answerTo(Request<?, R> request) {
        try {
            return request.send();
        } catch (IOException | ClientConnectionException | JacksonException failed) {
            throw new FactUnavailable(OWNER, failed);
        }
    }
}
