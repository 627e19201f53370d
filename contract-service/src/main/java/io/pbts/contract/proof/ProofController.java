package io.pbts.contract.proof;

import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.proof.EpochTrees.Trees;
import io.pbts.contract.proof.SettledEpoch.Part;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows anybody what a settlement added to an account, in a form that only the contract is needed to check. */
@RestController
@Tag(name = "chain")
class ProofController {
    private final EpochRows rows;
    private final EpochTrees trees;
    private final ChainIdentities identities;

    ProofController(EpochRows rows, EpochTrees trees, ChainIdentities identities) {
        this.rows = rows;
        this.trees = trees;
        this.identities = identities;
    }

    /**
     * A proof of a sum; all hashes 64 hexadecimal digits.
     *
     * @param contract that has {@code root} under {@code seq}, which is its own number of the settlement
     * @param up bytes that the account sent
     * @param down bytes that it received
     * @param path sibling hashes from the sum's leaf up to the sums root
     * @param batchesRoot the other half of the root
     */
    record SumProofAnswer(
            long chainId,
            String contract,
            long seq,
            String root,
            String chainAccount,
            long up,
            long down,
            List<String> path,
            String batchesRoot) {}

    @Operation(
            summary = "Prove what a settlement added to an account",
            description =
                    "`./pbts verify-proof` checks it against the contract. An account of an epoch that was settled in "
                            + "parts may have a sum in each of them.")
    @Allow(Who.ANYONE)
    @GetMapping("/api/v1/chain/epochs/{seq}/accounts/{chain_account}/proof")
    SumProofAnswer proof(@PathVariable("seq") long seq, @PathVariable("chain_account") String account) {
        ChainAccount id = account(account);
        SettledEpoch epoch =
                rows.of(seq).orElseThrow(() -> new Refusal(404, "unknown-epoch", "No settlement has this number"));
        Part part = epoch.part(seq);
        if (!part.isOnChain()) {
            throw new Refusal(409, "not-settled", "This settlement is not on the chain yet");
        }
        Trees made = trees.of(epoch, part);
        int place = EpochTrees.placeOf(id.bytes(), made.sums().sums());
        if (place < 0) {
            throw new Refusal(404, "unknown-account", "This settlement adds nothing to that account");
        }
        return answer(epoch, part, made, place);
    }

    private SumProofAnswer answer(SettledEpoch epoch, Part part, Trees made, int place) {
        AccountSum sum = made.sums().sums().get(place);
        return new SumProofAnswer(
                identities.current().chainId(),
                epoch.contract().checksummed(),
                part.contractSeq(),
                part.root().hex(),
                sum.account().hex(),
                sum.up(),
                sum.down(),
                made.sums().prove(place).stream()
                        .map(Bytes32::toUnprefixedHexString)
                        .toList(),
                made.batchesRoot().toUnprefixedHexString());
    }

    private static ChainAccount account(String text) {
        try {
            return ChainAccount.fromHex(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-account", "A chain account is 64 hexadecimal digits", malformed);
        }
    }
}
