package io.pbts.protocol.merkle;

import io.pbts.protocol.hash.Keccak256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The account sums of an epoch as OpenZeppelin's {@code MerkleProof} checks them: siblings are hashed in ascending order,
 * so a proof needs no directions. Leaves stand in ascending order of account; the shape is that of the
 * {@code @openzeppelin/merkle-tree} package with {@code sortLeaves} off.
 */
public final class SumsTree {

    /** Root of a tree without accounts. No proof leads to it. */
    public static final Bytes32 EMPTY_ROOT = Bytes32.ZERO;

    private final List<AccountSum> sums;

    /** A complete binary tree: children of i at 2i + 1 and 2i + 2; the first leaf last. */
    private final Bytes32[] nodes;

    private SumsTree(List<AccountSum> sums) {
        this.sums = sums;
        this.nodes = new Bytes32[Math.max(0, 2 * sums.size() - 1)];
        for (int i = 0; i < sums.size(); i++) {
            nodes[nodes.length - 1 - i] = sums.get(i).leaf();
        }
        for (int i = nodes.length - 1 - sums.size(); i >= 0; i--) {
            nodes[i] = parent(nodes[2 * i + 1], nodes[2 * i + 2]);
        }
    }

    /**
     * The tree of these sums, in whatever order they come.
     *
     * @throws IllegalArgumentException when an account is named twice
     */
    public static SumsTree of(List<AccountSum> sums) {
        List<AccountSum> ascending = new ArrayList<>(sums);
        ascending.sort(Comparator.comparing(sum -> sum.account().bytes()));
        for (int i = 1; i < ascending.size(); i++) {
            if (ascending.get(i).account().equals(ascending.get(i - 1).account())) {
                throw new IllegalArgumentException(
                        "twice in one epoch: " + ascending.get(i).account());
            }
        }
        return new SumsTree(List.copyOf(ascending));
    }

    /** The leaves, ascending by account. */
    public List<AccountSum> sums() {
        return sums;
    }

    public Bytes32 root() {
        return nodes.length == 0 ? EMPTY_ROOT : nodes[0];
    }

    /** The sibling hashes from the leaf at that place up to the root. */
    public List<Bytes32> prove(int index) {
        if (index < 0 || index >= sums.size()) {
            throw new IndexOutOfBoundsException("account " + index + " of " + sums.size());
        }
        List<Bytes32> path = new ArrayList<>();
        for (int at = nodes.length - 1 - index; at > 0; at = (at - 1) / 2) {
            path.add(nodes[at % 2 == 0 ? at - 1 : at + 1]);
        }
        return List.copyOf(path);
    }

    /** As the contract would judge it. */
    public static boolean verifies(AccountSum sum, List<Bytes32> path, Bytes32 root) {
        return rootOver(sum, path).equals(root);
    }

    /** The root of the tree in which this path proves the sum. */
    public static Bytes32 rootOver(AccountSum sum, List<Bytes32> path) {
        Bytes32 hash = sum.leaf();
        for (Bytes32 sibling : path) {
            hash = parent(hash, sibling);
        }
        return hash;
    }

    private static Bytes32 parent(Bytes32 one, Bytes32 other) {
        return one.compareTo(other) < 0 ? Keccak256.hash(one, other) : Keccak256.hash(other, one);
    }
}
