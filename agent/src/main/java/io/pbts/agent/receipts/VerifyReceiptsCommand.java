package io.pbts.agent.receipts;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.queue.Kept;
import io.pbts.agent.queue.KeptReceipts;
import io.pbts.protocol.receipt.ReceiptV2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Verifies signatures without a tracker. */
@Command(
        name = "verify",
        description =
                "Verifies the signatures of all receipts here, or of an export; asks nobody. Exit code 1 when one is wrong.")
public final class VerifyReceiptsCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What receipts export wrote.")
    private @Nullable Path file;

    public VerifyReceiptsCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        List<Kept> kept = file == null ? KeptReceipts.read(world.folders().receipts()) : parse(file);
        BitSet valid = Signatures.valid(kept);
        int all = 0;
        int wrong = 0;
        for (int i = 0; i < kept.size(); i++) {
            List<ReceiptV2> receipts = kept.get(i).earned().receipts();
            all += receipts.size();
            if (!valid.get(i)) {
                wrong += receipts.size();
                receipts.forEach(this::tellWrong);
            }
        }
        output.result(
                world.out(),
                "receipts-verified",
                Map.of("receipts", all, "wrong", wrong),
                "%d receipts, %d of them with a wrong signature".formatted(all, wrong));
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void tellWrong(ReceiptV2 receipt) {
        output.tell(
                world.out(),
                "wrong-signature",
                ReceiptLine.fields(receipt),
                "wrong signature: piece %d of %s by %s"
                        .formatted(
                                receipt.index().value(),
                                receipt.infoHash().hex(),
                                ReceiptLine.key(receipt.receiver())));
    }

    private static List<Kept> parse(Path file) throws IOException {
        List<Kept> receipts = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                receipts.add(ReceiptLine.parse(line));
            } catch (IllegalArgumentException e) {
                throw Trouble.failed("%s, line %d: no receipt: %s".formatted(file, number, e.getMessage()));
            }
        }
        return receipts;
    }
}
