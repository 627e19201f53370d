package io.pbts.agent;

import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import picocli.CommandLine.Option;

/** How an agent meets others. */
final class SharingOptions {

    @Option(names = "--port", paramLabel = "N", description = "Where peers connect; else any free port.")
    private int port;

    @Option(
            names = "--receipts",
            paramLabel = "RULE",
            description =
                    "Clients that do not sign: require (get nothing), prefer (come last; usual), off (as everybody).")
    private Ordinary receipts = Ordinary.PREFER;

    @Option(names = "--upload-limit", paramLabel = "BYTES", description = "A second; else none.")
    private long uploadLimit;

    @Option(names = "--download-limit", paramLabel = "BYTES", description = "A second; else none.")
    private long downloadLimit;

    /** With a port that is free now, when none was given: trackers are told of it before the engine listens. */
    InetSocketAddress listen() throws IOException {
        if (port == 0) {
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
        }
        return new InetSocketAddress(port);
    }

    Ordinary receipts() {
        return receipts;
    }

    long uploadLimit() {
        return uploadLimit;
    }

    long downloadLimit() {
        return downloadLimit;
    }
}
