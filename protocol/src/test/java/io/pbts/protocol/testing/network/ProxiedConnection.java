package io.pbts.protocol.testing.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client's connection and the one to the server behind it: two threads, each of which asks the proxy how to fail. */
final class ProxiedConnection {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BUFFER = 16 * 1024;
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int PARTS_PER_SECOND = 20;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicInteger answerBytesLeft = new AtomicInteger(NO_LIMIT);
    private volatile boolean silent;

    ProxiedConnection(FaultProxy proxy, Socket client, InetSocketAddress target) {
        this.proxy = proxy;
        this.client = client;
        this.target = target;
    }

    void start() {
        Thread.ofVirtual().name("proxied").start(() -> {
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(target, CONNECT_MILLIS);
                Thread.ofVirtual().name("proxied-answers").start(() -> pass(server, client, true));
                pass(client, server, false);
            } catch (IOException away) {
                reset();
            }
        });
    }

    /** Nothing passes any more, for good; who waits for an answer waits in vain. */
    void silence() {
        silent = true;
    }

    /** Everything passes again; but the server of a silent connection learns of its end, as keep-alive tells it, and the client never does. */
    void resume() {
        if (silent) {
            closeWithReset(server);
        } else {
            answerBytesLeft.set(NO_LIMIT);
        }
    }

    void truncateAfter(int bytes) {
        answerBytesLeft.set(bytes);
    }

    void reset() {
        closeWithReset(client);
        closeWithReset(server);
        proxy.ended(this);
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!silent && !passOn(buffer, read, out, answers)) {
                    return;
                }
            }
            if (!silent) {
                to.shutdownOutput();
            }
            end(answers);
        } catch (IOException broken) {
            if (!silent || !answers) {
                reset();
            }
        }
    }

    /** One direction has ended; with the second, or when the client of a silent connection gave up, both sockets are closed. */
    private void end(boolean answers) throws IOException {
        if (!open.compareAndSet(true, false) || (silent && !answers)) {
            close();
        }
    }

    private void close() throws IOException {
        client.close();
        server.close();
        proxy.ended(this);
    }

    /** Returns whether anything may follow. */
    private boolean passOn(byte[] bytes, int length, OutputStream out, boolean answers) throws IOException {
        switch (proxy.fault()) {
            case Fault.Latency latency -> {
                pause(latency.delay()
                        .plusNanos(ThreadLocalRandom.current()
                                .nextLong(latency.jitter().toNanos() + 1)));
                out.write(bytes, 0, length);
            }
            case Fault.Bandwidth bandwidth -> trickle(bytes, length, out, bandwidth.bytesPerSecond());
            case Fault.Reset _ -> {
                reset();
                return false;
            }
            case Fault.AnswerLost _ -> {
                if (answers) {
                    proxy.lose(length);
                } else {
                    out.write(bytes, 0, length);
                }
            }
            case Fault.Truncate _ -> {
                return !answers ? whole(bytes, length, out) : truncated(bytes, length, out);
            }
            case Fault.None _, Fault.HalfOpen _, Fault.Refuse _, Fault.Gone _ -> out.write(bytes, 0, length);
        }
        return true;
    }

    private static boolean whole(byte[] bytes, int length, OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        return true;
    }

    private boolean truncated(byte[] bytes, int length, OutputStream out) throws IOException {
        int allowed = Math.min(length, answerBytesLeft.get());
        out.write(bytes, 0, allowed);
        if (answerBytesLeft.addAndGet(-allowed) > 0) {
            return true;
        }
        close();
        return false;
    }

    private static void trickle(byte[] bytes, int length, OutputStream out, int perSecond) throws IOException {
        int part = Math.max(1, perSecond / PARTS_PER_SECOND);
        for (int at = 0; at < length; at += part) {
            int size = Math.min(part, length - at);
            out.write(bytes, at, size);
            pause(Duration.ofNanos(1_000_000_000L * size / perSecond));
        }
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void closeWithReset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedBefore) {
            return;
        }
    }
}
