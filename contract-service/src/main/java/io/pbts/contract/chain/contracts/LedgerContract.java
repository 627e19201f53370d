package io.pbts.contract.chain.contracts;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.RemoteFunctionCall;

/** One ledger: what it can be told, as bytes to send, and what it says at a state of the chain. */
public final class LedgerContract {
    /** Events whose first indexed value is an account. */
    private static final Set<Bytes32> ACCOUNT_EVENTS = Stream.of(
                    Reputation.ENROLLED_EVENT, Reputation.IMPORTED_EVENT, Reputation.LINKED_EVENT)
            .map(event -> Bytes32.fromHexString(EventEncoder.encode(event)))
            .collect(Collectors.toUnmodifiableSet());

    private final Function<At, Reputation> wrappers;

    LedgerContract(Function<At, Reputation> wrappers) {
        this.wrappers = wrappers;
    }

    public Bytes enroll(List<Enrolment> accounts) {
        return encoded(writer().enroll(accounts.stream().map(Enrolment::abi).toList()));
    }

    public Bytes settle(long seq, EpochRoot root, long receiptCount, List<AccountSum> sums) {
        List<Reputation.Delta> deltas = sums.stream()
                .map(sum -> new Reputation.Delta(
                        sum.account().bytes().toArray(), BigInteger.valueOf(sum.up()), BigInteger.valueOf(sum.down())))
                .toList();
        return encoded(writer().settle(
                        BigInteger.valueOf(seq), root.bytes().toArray(), BigInteger.valueOf(receiptCount), deltas));
    }

    public Bytes addUser(NamedUser user) {
        return encoded(writer().addUser(
                        user.username(),
                        user.salt(),
                        user.passwordHash().toArray(),
                        user.downloadSize(),
                        user.uploadSize()));
    }

    public Bytes updateUser(String username, BigInteger downloadSize, BigInteger uploadSize) {
        return encoded(writer().updateUser(username, downloadSize, uploadSize));
    }

    public Bytes migrateUser(String username) {
        return encoded(writer().migrateUserData(username));
    }

    /** Copies what the referrer has of these accounts; those that it does not know are passed over. */
    public Bytes migrateAll(List<ChainAccount> accounts) {
        return encoded(writer().migrateAll(
                        accounts.stream().map(id -> id.bytes().toArray()).toList()));
    }

    /** Writes first keys, each of an account that the ledger knows; one that is there already stays. */
    public Bytes publishKeys(List<Bytes> keys) {
        return encoded(writer().publishKeys(keys.stream().map(Bytes::toArray).toList()));
    }

    /** Puts a key in force; its number is one more than that of the key in force. */
    public Bytes rotateKey(ChainAccount id, long number, Bytes key) {
        return encoded(writer().rotateKey(id.bytes().toArray(), BigInteger.valueOf(number), key.toArray()));
    }

    /** The number of the key in force, 0 for the first one. */
    public long keyNumberOf(ChainAccount id) {
        return read(wrappers.apply(At.LATEST).keyNumberOf(id.bytes().toArray())).longValueExact();
    }

    /** A key of an account by its number; empty when the ledger was not told. */
    public Bytes keyAt(ChainAccount id, long number) {
        return Bytes.wrap(read(wrappers.apply(At.LATEST).keyAt(id.bytes().toArray(), BigInteger.valueOf(number))));
    }

    /** The accounts that a ledger's events name in these blocks, both ends included. */
    public static Set<ChainAccount> accountsNamedIn(ChainNode node, EthereumAddress ledger, long from, long to) {
        return node.events(ledger, ACCOUNT_EVENTS, from, to).stream()
                .map(topics -> new ChainAccount(topics.get(1)))
                .collect(Collectors.toSet());
    }

    public EthereumAddress owner() {
        return EthereumAddress.parse(read(wrappers.apply(At.LATEST).owner()));
    }

    public long lastSeq(At at) {
        return read(wrappers.apply(at).lastSeq()).longValueExact();
    }

    /** The ledger that this one copies from; all zero for none. */
    public EthereumAddress referrer() {
        return EthereumAddress.parse(read(wrappers.apply(At.LATEST).referrerReputation()));
    }

    /** The account that a key leads to, known or not: 20 address bytes or 48 BLS public key bytes. */
    public ChainAccount accountOfKey(Bytes key) {
        return ChainAccount.ofBytes(read(wrappers.apply(At.LATEST).accountIdOfKey(key.toArray())));
    }

    /** The account that a name is bound to, here or in the referrer. */
    public Optional<ChainAccount> accountOfName(String name) {
        byte[] id = read(wrappers.apply(At.LATEST).accountIdOfName(name));
        return Bytes.wrap(id).isZero() ? Optional.empty() : Optional.of(ChainAccount.ofBytes(id));
    }

    /** An account, from here or else from the referrer. */
    public LedgerAccount account(ChainAccount id, At at) {
        Reputation.AccountState state =
                read(wrappers.apply(at).getAccount(id.bytes().toArray()));
        return new LedgerAccount(
                Source.of(state.source.intValueExact()),
                state.settledUp,
                state.settledDown,
                state.importedUp,
                state.importedDown,
                state.creditMiB.longValueExact(),
                state.importedAt.signum() > 0);
    }

    /** All zero when nothing was settled with that number. */
    public Bytes32 rootOf(long seq, At at) {
        return Bytes32.wrap(read(wrappers.apply(at).rootOf(BigInteger.valueOf(seq))));
    }

    public LedgerTotals totals(At at) {
        Reputation.Totals totals = read(wrappers.apply(at).totals());
        return new LedgerTotals(
                totals.lastSeq.longValueExact(),
                totals.receiptCount.longValueExact(),
                totals.settledUp,
                totals.settledDown);
    }

    /** What settlements of this ledger added to an account; nothing of what it had elsewhere. */
    public AccountSum settled(ChainAccount id, At at) {
        LedgerAccount account = account(id, at);
        if (account.source() != Source.LOCAL) {
            return new AccountSum(id, 0, 0);
        }
        return new AccountSum(
                id,
                account.settledUp().subtract(account.importedUp()).longValueExact(),
                account.settledDown().subtract(account.importedDown()).longValueExact());
    }

    /** A user by name, from here or else from the referrer; empty strings and zeros when neither knows the name. */
    public NamedUser user(String username) {
        Reputation.UserData user = read(wrappers.apply(At.LATEST).getUserData(username));
        return new NamedUser(
                user.username, user.salt, Bytes32.wrap(user.passwordHash), user.downloadSize, user.uploadSize);
    }

    private Reputation writer() {
        return wrappers.apply(At.LATEST);
    }

    private static Bytes encoded(RemoteFunctionCall<?> call) {
        return Bytes.fromHexString(call.encodeFunctionCall());
    }

    private static <T> T read(RemoteFunctionCall<T> call) {
        T answer;
        try {
            answer = call.send();
        } catch (Exception failed) {
            throw ChainNode.translated(failed);
        }
        if (answer == null) {
            throw new NodeRefusal("no contract answers at this address", null);
        }
        return answer;
    }
}
