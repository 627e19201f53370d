package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.Endpoint.Health;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.watch.ChainIdentity.Checkpoint;
import io.pbts.contract.chain.watch.Examination.Finding;
import io.pbts.contract.chain.watch.Examination.Finding.Bad;
import io.pbts.contract.chain.watch.Examination.Finding.Good;
import io.pbts.support.FactUnavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes32;

/**
 * Holds nodes that look good by themselves against each other: by their first blocks, then by the highest block that all of
 * them have finalized. A minority is wrong. Where nobody has a majority nobody is believed, since we cannot know.
 *
 * @param findings one for each node
 * @param agreed the finalized block on which all agree that are still good
 */
record Comparison(List<Finding> findings, Optional<Checkpoint> agreed) {
    Comparison {
        findings = List.copyOf(findings);
    }

    List<Good> good() {
        return goodOf(findings);
    }

    static Comparison of(List<Finding> findings) {
        List<Finding> compared = withoutMinority(findings, "first block", Health.WRONG_GENESIS, good -> good.genesis());
        OptionalLong height = goodOf(compared).stream()
                .flatMap(good -> good.finalized().stream())
                .mapToLong(Block::number)
                .min();
        if (height.isEmpty()) {
            return new Comparison(compared, Optional.empty());
        }
        long number = height.getAsLong();
        Map<Good, Bytes32> hashes = new LinkedHashMap<>();
        List<Finding> answered = new ArrayList<>();
        for (Finding finding : compared) {
            answered.add(finding instanceof Good good ? asked(good, number, hashes) : finding);
        }
        List<Finding> left = withoutMinority(
                answered,
                "finalized block " + number,
                Health.ON_A_FORK,
                good -> Objects.requireNonNull(hashes.get(good)));
        return new Comparison(
                left,
                goodOf(left).stream()
                        .findFirst()
                        .flatMap(good -> Optional.ofNullable(hashes.get(good)))
                        .map(hash -> new Checkpoint(number, hash)));
    }

    private static Finding asked(Good good, long number, Map<Good, Bytes32> hashes) {
        Optional<Bytes32> own =
                good.finalized().filter(block -> block.number() == number).map(Block::hash);
        try {
            Optional<Bytes32> hash =
                    own.isPresent() ? own : good.endpoint().node().block(number).map(Block::hash);
            hash.ifPresent(present -> hashes.put(good, present));
            return hash.isPresent()
                    ? good
                    : new Bad(good.endpoint(), Health.BEHIND, "it does not have block %d yet".formatted(number));
        } catch (FactUnavailable | NodeRefusal failed) {
            return new Bad(good.endpoint(), Health.UNREACHABLE, "no answer about block %d".formatted(number));
        }
    }

    private static List<Finding> withoutMinority(
            List<Finding> findings, String what, Health minority, Function<Good, Bytes32> property) {
        List<Good> voters = goodOf(findings);
        Map<Bytes32, Long> votes = new LinkedHashMap<>();
        voters.forEach(voter -> votes.merge(property.apply(voter), 1L, Long::sum));
        if (votes.size() < 2) {
            return findings;
        }
        Optional<Bytes32> winner = votes.entrySet().stream()
                .filter(vote -> vote.getValue() * 2 > voters.size())
                .map(Map.Entry::getKey)
                .findFirst();
        return findings.stream()
                .map(finding -> finding instanceof Good good
                        ? judged(good, what, minority, property.apply(good), winner)
                        : finding)
                .toList();
    }

    private static Finding judged(Good good, String what, Health minority, Bytes32 theirs, Optional<Bytes32> winner) {
        if (winner.isEmpty()) {
            return new Bad(
                    good.endpoint(), Health.DISPUTED, "its %s is %s, and others have another".formatted(what, theirs));
        }
        return winner.get().equals(theirs)
                ? good
                : new Bad(
                        good.endpoint(), minority, "its %s is %s, most have %s".formatted(what, theirs, winner.get()));
    }

    private static List<Good> goodOf(List<Finding> findings) {
        return findings.stream()
                .filter(Good.class::isInstance)
                .map(Good.class::cast)
                .toList();
    }
}
