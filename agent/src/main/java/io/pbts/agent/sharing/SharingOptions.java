package io.pbts.agent.sharing;

import io.pbts.engine.receipt.Attestation;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
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

    @Option(
            names = "--attestation",
            split = ",",
            paramLabel = "WAY",
            description = "How peers sign, favourite first, of batch, session, adaptive, each; usually all of them.")
    private List<Attestation> attestations = ReceiptPolicy.USUAL;

    @Option(names = "--upload-limit", paramLabel = "BYTES", description = "A second; else none.")
    private long uploadLimit;

    @Option(names = "--download-limit", paramLabel = "BYTES", description = "A second; else none.")
    private long downloadLimit;

    /** As a policy says. */
    static SharingOptions of(Policy policy) {
        SharingOptions options = new SharingOptions();
        options.port = policy.port();
        options.receipts = policy.receipts();
        options.uploadLimit = policy.uploadLimit();
        options.downloadLimit = policy.downloadLimit();
        return options;
    }

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

    List<Attestation> attestations() {
        return attestations;
    }

    long uploadLimit() {
        return uploadLimit;
    }

    long downloadLimit() {
        return downloadLimit;
    }
}
