package io.pbts.agent.receipts;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.agent.queue.Kept;
import io.pbts.agent.queue.Kept.State;
import io.pbts.agent.queue.KeptReceipts;
import io.pbts.protocol.receipt.ReceiptV2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is owed, and by whom. */
@Command(
        name = "list",
        description = "Prints how many receipts wait or were refused, their bytes and who signed them;"
                + " with --json-lines each of them.")
public final class ListCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    public ListCommand(World world) {
        this.world = world;
    }

    /** Receipts of one peer in one state. */
    private record Group(State state, String receiver) {}

    private record Sum(long receipts, long bytes) {
        Sum plus(Sum other) {
            return new Sum(receipts + other.receipts, Math.addExact(bytes, other.bytes));
        }
    }

    @Override
    public Integer call() throws IOException {
        Map<Group, Sum> sums = new LinkedHashMap<>();
        for (Kept kept : KeptReceipts.read(world.folders().receipts())) {
            for (ReceiptV2 receipt : kept.earned().receipts()) {
                var group = new Group(kept.state(), ReceiptLine.key(receipt.receiver()));
                sums.merge(group, new Sum(1, receipt.length().bytes()), Sum::plus);
                Map<String, Object> fields = ReceiptLine.fields(receipt);
                fields.put("state", ReceiptLine.word(kept.state()));
                fields.put("domain", kept.domain().hex());
                output.detail(world.out(), "receipt", fields);
            }
        }
        List<Map<String, Object>> peers = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Map<State, Sum> totals = new LinkedHashMap<>();
        sums.forEach((group, sum) -> {
            totals.merge(group.state(), sum, Sum::plus);
            peers.add(Map.of(
                    "state", ReceiptLine.word(group.state()),
                    "receiver", group.receiver(),
                    "receipts", sum.receipts(),
                    "bytes", sum.bytes()));
            text.append("%-8s  %s  %d receipts, %d bytes%n"
                    .formatted(ReceiptLine.word(group.state()), group.receiver(), sum.receipts(), sum.bytes()));
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        for (State state : State.values()) {
            Sum sum = totals.getOrDefault(state, new Sum(0, 0));
            fields.put(ReceiptLine.word(state), Map.of("receipts", sum.receipts(), "bytes", sum.bytes()));
        }
        fields.put("peers", peers);
        output.result(
                world.out(),
                "receipts",
                fields,
                sums.isEmpty() ? "no receipts wait" : text.toString().stripTrailing());
        return ExitCode.OK;
    }
}
