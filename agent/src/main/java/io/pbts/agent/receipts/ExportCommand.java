package io.pbts.agent.receipts;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.World;
import io.pbts.agent.queue.Kept;
import io.pbts.agent.queue.KeptReceipts;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** Writes receipts for other programs. */
@Command(
        name = "export",
        description = "Prints all receipts here, a JSON object per signature: state, domain and report, which POST"
                + " /api/v1/reports takes. They stay.")
public final class ExportCommand implements Callable<Integer> {

    private final World world;

    public ExportCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        for (Kept kept : KeptReceipts.read(world.folders().receipts())) {
            world.out().println(JsonMapper.shared().writeValueAsString(ReceiptLine.fields(kept)));
        }
        if (world.out().checkError()) {
            throw new IOException("the receipts could not be written out");
        }
        return ExitCode.OK;
    }
}
