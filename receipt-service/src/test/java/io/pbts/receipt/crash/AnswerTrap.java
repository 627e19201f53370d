package io.pbts.receipt.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands between a client and a replica: requests pass, and of the answer the client never sees a byte. */
final class AnswerTrap implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final ServerSocket door;
    private final int target;
    private final CountDownLatch caught = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private AnswerTrap(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
        threads.execute(this::serve);
    }

    static AnswerTrap before(Replica replica) {
        try {
            return new AnswerTrap(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), replica.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** Returns when the replica has begun to answer. */
    void awaitAnswer() throws InterruptedException {
        if (!caught.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no answer came within " + PATIENCE_SECONDS + " s");
        }
    }

    private void serve() {
        try (Socket client = door.accept();
                Socket replica = new Socket(InetAddress.getLoopbackAddress(), target)) {
            threads.execute(() -> pass(client, replica));
            while (replica.getInputStream().read() >= 0) {
                caught.countDown();
            }
        } catch (IOException broken) {
            requireCaught(broken);
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            requireCaught(broken);
        }
    }

    /** Connections break as meant once an answer is caught; before that the test waits in vain and should know why. */
    private void requireCaught(IOException broken) {
        if (caught.getCount() > 0) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Interrupts both threads, which closes their sockets: the client's connection breaks. */
    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
