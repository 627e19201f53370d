package io.pbts.agent.receipts;

import picocli.CommandLine.Command;

/** Receipts between the swarm and the ledger. */
@Command(
        name = "receipts",
        synopsisSubcommandLabel = "list|submit|verify|export",
        description = "Receipts that others signed and the tracker has not counted yet.")
public final class ReceiptsCommand {}
