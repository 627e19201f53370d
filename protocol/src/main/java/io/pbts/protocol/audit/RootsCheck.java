package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes32;

/** Compares what a file states with what its anchor has, and says which half of a root is wrong when the file can tell. */
final class RootsCheck {
    private static final String GIVES_NOT =
            "is not the one that gives the root on the chain, which the rest of the file has";

    private final EpochHeader header;
    private final BatchRoots batches;
    private final SumsCheck sums;

    RootsCheck(EpochHeader header, BatchRoots batches, SumsCheck sums) {
        this.header = header;
        this.batches = batches;
        this.sums = sums;
    }

    /** The roots of the parts, in their order. */
    List<EpochRoot> stated() {
        return sums.parts().stream()
                .map(part -> part.part().root(header.batchesRoot()))
                .toList();
    }

    void require(Anchor anchor) throws IOException {
        switch (anchor) {
            case Anchor.None _ -> {}
            case Anchor.Roots(List<EpochRoot> roots) -> {
                if (roots.size() != header.parts()) {
                    throw wrong(
                            EpochHeader.PARTS_OFFSET,
                            Integer.BYTES,
                            "count of parts",
                            "is %d, and %d roots are known".formatted(header.parts(), roots.size()));
                }
                for (int i = 0; i < roots.size(); i++) {
                    require(sums.parts().get(i), roots.get(i));
                }
            }
            case Anchor.Contract contract -> requireContract(contract);
        }
    }

    private void requireContract(Anchor.Contract contract) throws IOException {
        var deployment = header.deployment();
        if (deployment.chainId() != contract.chainId()) {
            throw wrong(
                    EpochHeader.CHAIN_ID_OFFSET,
                    Long.BYTES,
                    "chain id",
                    "is %d, and the chain is %d".formatted(deployment.chainId(), contract.chainId()));
        }
        if (!deployment.contract().equals(contract.address())) {
            throw wrong(
                    EpochHeader.CONTRACT_OFFSET,
                    contract.address().bytes().size(),
                    "contract",
                    "is %s, and %s was asked"
                            .formatted(
                                    deployment.contract().checksummed(),
                                    contract.address().checksummed()));
        }
        for (StatedPart part : sums.parts()) {
            Bytes32 root = contract.roots().rootOf(part.part().seq());
            if (root.isZero()) {
                throw wrong(
                        EpochHeader.SEQ_OFFSET,
                        Long.BYTES,
                        "number of the settlement",
                        "is %d, and the contract has no settlement %d"
                                .formatted(header.seq(), part.part().seq()));
            }
            require(part, new EpochRoot(root));
        }
        Bytes32 previous = header.seq() == 1 ? Bytes32.ZERO : contract.roots().rootOf(header.seq() - 1);
        if (!previous.equals(header.previousRoot())) {
            throw wrong(
                    EpochHeader.PREVIOUS_ROOT_OFFSET,
                    Bytes32.SIZE,
                    "previous root",
                    "is not " + previous.toUnprefixedHexString() + ", which the contract has");
        }
    }

    private void require(StatedPart part, EpochRoot expected) {
        EpochRoot stated = part.part().root(header.batchesRoot());
        if (!stated.equals(expected)) {
            throw difference(part, stated, expected);
        }
    }

    /** Which half is wrong, if the rest of the file gives the right one. */
    private WrongEpoch difference(StatedPart part, EpochRoot stated, EpochRoot expected) {
        Bytes32 statedSums = part.part().sumsRoot();
        Set<Bytes32> sumsRoots = new LinkedHashSet<>(List.of(statedSums));
        sums.computedRoot(part).ifPresent(sumsRoots::add);
        sumsRoots.add(part.root());
        for (Bytes32 batchesRoot : List.of(header.batchesRoot(), batches.computed(), batches.stated())) {
            Optional<Bytes32> right = sumsRoots.stream()
                    .filter(sumsRoot -> EpochRoot.of(batchesRoot, sumsRoot).equals(expected))
                    .findFirst();
            if (right.isPresent()) {
                return batchesRoot.equals(header.batchesRoot())
                        ? new WrongEpoch(new Finding(part.rootOffset(), Bytes32.SIZE, "part", "sums root", GIVES_NOT))
                        : wrong(EpochHeader.BATCHES_ROOT_OFFSET, Bytes32.SIZE, "batches root", GIVES_NOT);
            }
        }
        return wrong(
                EpochHeader.BATCHES_ROOT_OFFSET,
                Bytes32.SIZE,
                "batches root",
                "gives %s with the sums root of settlement %d, and the chain has %s"
                        .formatted(stated.hex(), part.part().seq(), expected.hex()));
    }

    private static WrongEpoch wrong(int offset, int size, String field, String problem) {
        return new WrongEpoch(new Finding(offset, size, "header", field, problem));
    }
}
