package io.pbts.local.audit;

import io.pbts.local.audit.ProofFile.NoProof;
import io.pbts.local.console.Console;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.tuweni.bytes.Bytes32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks what a settlement added to an account. */
@Command(
        name = "verify-proof",
        exitCodeOnExecutionException = 3,
        description = "checks what a settlement added to an account; names what is wrong")
public final class VerifyProofCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the proof, as the API answers it")
    private Path file = Path.of("");

    @Mixin
    private AnchorOptions anchor = new AnchorOptions();

    @Override
    public Integer call() {
        boolean oneRoot = anchor.roots().size() == 1;
        if (anchor.isOffline() != oneRoot || anchor.roots().size() > 1) {
            throw new ParameterException(spec.commandLine(), "give --rpc and --contract, or one --root");
        }
        Console console = Console.standard();
        try {
            ProofFile proof = ProofFile.read(file);
            Optional<String> mistake =
                    anchor.isOffline() ? mistake(proof, anchor.roots().getFirst()) : mistake(proof, anchor.ledger());
            console.line(mistake.map(found -> "wrong: " + found).orElseGet(() -> sentence(proof)));
            return (mistake.isPresent() ? Outcome.WRONG : Outcome.INTACT).code();
        } catch (NoProof wrong) {
            console.line("wrong: " + wrong.getMessage());
            return Outcome.WRONG.code();
        } catch (IOException unreadable) {
            console.error("could not be checked: " + Reason.of(unreadable));
            return Outcome.UNKNOWN.code();
        }
    }

    private static Optional<String> mistake(ProofFile proof, LedgerReader ledger) throws IOException {
        long chainId = ledger.chainId();
        if (proof.chainId() != chainId) {
            return Optional.of("chain_id is %d, and the chain is %d".formatted(proof.chainId(), chainId));
        }
        if (!proof.contract().equals(ledger.contract())) {
            return Optional.of("contract is %s, and %s was asked"
                    .formatted(proof.contract().checksummed(), ledger.contract().checksummed()));
        }
        Bytes32 root = ledger.rootOf(proof.seq());
        return root.isZero()
                ? Optional.of("seq is %d, and the contract has no such settlement".formatted(proof.seq()))
                : mistake(proof, new EpochRoot(root));
    }

    private static Optional<String> mistake(ProofFile proof, EpochRoot onChain) {
        if (!proof.proof().verifies(onChain)) {
            return Optional.of("account, sum, path and batches_root give root %s, and the chain has %s"
                    .formatted(proof.proof().root().hex(), onChain.hex()));
        }
        return proof.root().equals(onChain)
                ? Optional.empty()
                : Optional.of("root is %s, and the chain has %s"
                        .formatted(proof.root().hex(), onChain.hex()));
    }

    private static String sentence(ProofFile proof) {
        AccountSum sum = proof.proof().sum();
        return "intact: settlement %d adds %d bytes up and %d down to account %s; root %s"
                .formatted(
                        proof.seq(),
                        sum.up(),
                        sum.down(),
                        sum.account().hex(),
                        proof.root().hex());
    }
}
