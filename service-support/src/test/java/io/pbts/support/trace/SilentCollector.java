package io.pbts.support.trace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections at a port of its own on loopback, and never answers. */
final class SilentCollector implements AutoCloseable {
    private final List<Socket> taken = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());

    SilentCollector() throws IOException {
        Thread.startVirtualThread(this::take);
    }

    String url() {
        return "http://127.0.0.1:%d/v1/traces".formatted(server.getLocalPort());
    }

    /** How many batches it was offered; one that timed out has ended its connection. */
    int offers() {
        return taken.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : taken) {
            connection.close();
        }
    }

    private void take() {
        try {
            while (true) {
                taken.add(server.accept());
            }
        } catch (IOException closed) {
            // That is the end.
        }
    }
}
