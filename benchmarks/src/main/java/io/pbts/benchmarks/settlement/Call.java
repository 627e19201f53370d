package io.pbts.benchmarks.settlement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.hash.Keccak256;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** The calls of a ledger and its factory that the bench makes, encoded by hand (Solidity ABI; words of 32 bytes). */
final class Call {
    private static final int SELECTOR = 4;

    private Call() {}

    /** An account's bytes of one epoch. */
    record Delta(Bytes32 account, long up, long down) {}

    static Bytes deployNewTracker(Bytes referrer) {
        return Bytes.concatenate(selector("deployNewTracker(address)"), Bytes32.leftPad(referrer));
    }

    static Bytes nextAddress(Bytes creator, Bytes referrer) {
        return Bytes.concatenate(
                selector("nextAddress(address,address)"), Bytes32.leftPad(creator), Bytes32.leftPad(referrer));
    }

    static Bytes settle(long seq, Bytes32 root, long receipts, List<Delta> deltas) {
        Bytes[] parts = new Bytes[6 + 3 * deltas.size()];
        int next = 0;
        parts[next++] = selector("settle(uint64,bytes32,uint64,(bytes32,uint256,uint256)[])");
        parts[next++] = word(seq);
        parts[next++] = root;
        parts[next++] = word(receipts);
        parts[next++] = word(4L * Bytes32.SIZE); // where the list begins
        parts[next++] = word(deltas.size());
        for (Delta delta : deltas) {
            parts[next++] = delta.account();
            parts[next++] = word(delta.up());
            parts[next++] = word(delta.down());
        }
        return Bytes.concatenate(parts);
    }

    static Bytes updateReputation(Bytes user, long up, long down) {
        return Bytes.concatenate(
                selector("updateReputation(address,uint256,uint256)"), Bytes32.leftPad(user), word(up), word(down));
    }

    static Bytes getAccount(Bytes32 account) {
        return Bytes.concatenate(selector("getAccount(bytes32)"), account);
    }

    static Bytes getReputation(Bytes user) {
        return Bytes.concatenate(selector("getReputation(address)"), Bytes32.leftPad(user));
    }

    static Bytes lastSeq() {
        return selector("lastSeq()");
    }

    /** A number out of an answer. */
    static long number(Bytes answer, int word) {
        return answer.slice(word * Bytes32.SIZE, Bytes32.SIZE)
                .toUnsignedBigInteger()
                .longValueExact();
    }

    /** The contract by its creation code and an empty list of earlier factories. */
    static Bytes creation(String hex) {
        return Bytes.concatenate(Bytes.fromHexString(hex.strip()), word(Bytes32.SIZE), word(0));
    }

    private static Bytes word(long value) {
        return Bytes32.leftPad(Bytes.ofUnsignedLong(value));
    }

    private static Bytes selector(String signature) {
        return Keccak256.hash(Bytes.wrap(signature.getBytes(US_ASCII))).slice(0, SELECTOR);
    }
}
