package io.pbts.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A service behind the gateway that does what a test tells it to, byte for byte. */
public final class FakeService implements AutoCloseable {
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Behaviour behaviour = FakeService::echo;
    private volatile boolean away;

    /** What a service does with a request that it has read. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpMessage request, Socket socket) throws IOException, InterruptedException;
    }

    public FakeService() throws IOException {
        server = listen(0);
        port = server.getLocalPort();
        threads.execute(() -> accept(server));
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Is not there while this runs: closes what is open and refuses connections. */
    public void whileAway(Runnable action) throws IOException {
        away = true;
        hangUp();
        try (Socket _ = reserve(port)) {
            action.run();
        } finally {
            away = false;
            server = listen(port);
            threads.execute(() -> accept(server));
        }
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Answers with the request as it arrived: head and body. */
    public static void echo(HttpMessage request, Socket socket) throws IOException {
        String seen = request.startLine() + "\n" + String.join("\n", request.headers()) + "\n\n" + request.body();
        write(socket, 200, "text/plain", seen);
    }

    /** Always this answer. */
    public static Behaviour answer(int status, String type, String body) {
        return (request, socket) -> write(socket, status, type, body);
    }

    /** Reads the request and says nothing until the test ends. */
    public static void hang(HttpMessage request, Socket socket) throws InterruptedException {
        Thread.currentThread().join();
    }

    /** Reads the request and resets the connection. */
    public static void reset(HttpMessage request, Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Begins an answer and ends the connection in its head. */
    public static void breakOff(HttpMessage request, Socket socket) throws IOException {
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Type: text/pl".getBytes(ISO_8859_1));
        socket.close();
    }

    public static void write(Socket socket, int status, String type, String body) throws IOException {
        String head = "HTTP/1.1 %d Some Phrase\r\nServer: fake\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, type, body.length());
        OutputStream out = socket.getOutputStream();
        out.write((head + body).getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        hangUp();
        threads.shutdownNow();
    }

    private void hangUp() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return socket;
    }

    /** Bound but not listening: connections are refused, and nobody else can take the port meanwhile. */
    private static Socket reserve(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int tries = 0; ; tries++) {
            var socket = new Socket();
            socket.setReuseAddress(true);
            try {
                socket.bind(address);
                return socket;
            } catch (BindException notYetClosed) {
                socket.close();
                if (tries == 200) {
                    throw notYetClosed;
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                HttpMessage request = HttpMessage.read(in, false);
                if (away) {
                    return; // accepted in the moment of leaving
                }
                behaviour.answer(request, socket);
            }
        } catch (IOException | InterruptedException gone) {
            // The gateway closed its connection, or the test is over.
        } finally {
            open.remove(accepted);
        }
    }
}
