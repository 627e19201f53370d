package io.pbts.local.audit;

import io.pbts.local.console.Console;
import io.pbts.protocol.audit.Anchor;
import io.pbts.protocol.audit.EpochVerifier;
import io.pbts.protocol.audit.Verdict;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recomputes an epoch from its file and compares it with the contract. */
@Command(
        name = "verify-epoch",
        exitCodeOnExecutionException = 3,
        description = "recomputes an epoch from its file; names the first wrong byte")
public final class VerifyEpochCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the epoch, as the admin port gives it")
    private Path file = Path.of("");

    @Mixin
    private AnchorOptions anchor = new AnchorOptions();

    @Option(names = "--no-signatures", description = "only roots and sums, which is many times faster")
    private boolean noSignatures;

    @Override
    public Integer call() {
        if (anchor.isOffline() == anchor.roots().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --rpc and --contract, or --root");
        }
        Console console = Console.standard();
        try {
            return report(verify(), console).code();
        } catch (IOException unreadable) {
            console.error("could not be checked: " + Reason.of(unreadable));
            return Outcome.UNKNOWN.code();
        }
    }

    private Verdict verify() throws IOException {
        Optional<SecureRandom> random = noSignatures ? Optional.empty() : Optional.of(new SecureRandom());
        return new EpochVerifier(anchor(), random).verify(file);
    }

    private Anchor anchor() throws IOException {
        if (anchor.isOffline()) {
            return new Anchor.Roots(anchor.roots());
        }
        LedgerReader ledger = anchor.ledger();
        return new Anchor.Contract(ledger.chainId(), ledger.contract(), ledger::rootOf);
    }

    private Outcome report(Verdict verdict, Console console) {
        return switch (verdict) {
            case Verdict.Wrong(Finding finding) -> {
                console.line("wrong: " + finding);
                yield Outcome.WRONG;
            }
            case Verdict.Intact intact -> {
                console.line(sentence(intact));
                yield Outcome.INTACT;
            }
        };
    }

    private String sentence(Verdict.Intact intact) {
        String signatures = noSignatures
                ? "signatures not looked at"
                : "%d signatures verified, %d rows without one that can be"
                        .formatted(intact.signatures(), intact.unverifiable());
        return "intact: settlement %d, %d receipts, %s; root %s"
                .formatted(
                        intact.header().seq(),
                        intact.header().receipts(),
                        signatures,
                        intact.roots().stream().map(EpochRoot::hex).collect(Collectors.joining(", ")));
    }
}
