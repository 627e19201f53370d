package io.pbts.benchmarks.transfer;

import java.util.List;

/** What the paper says of transfers (arXiv 2511.17260 v2): section 7 with its figure 10, and the projection of its table 1. */
final class PaperTransfers {
    /** For the table and for the LaTeX file's comments. */
    static final List<String> LINES = List.of(
            "paper, figure 10: 1 GB at 1 MB/s takes 52 % longer with pieces of 256 KiB (1524 s), 6 % with 2 MiB (1063 s);",
            "                  at 20 MB/s and 256 KiB more than 90 % of the rate is lost",
            "paper, table 1 (projected, 5.1 GB in 2560 pieces of 2 MB): each 2560 signatures, 2.3 MB of report; adaptive 512, 456 KB;",
            "                  Merkle batches of ten 256, 228 KB; ECDSA 2560, 160 KB");

    private PaperTransfers() {}
}
