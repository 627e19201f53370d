package io.pbts.protocol.testing.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on loopback that fails as it is told, and stops failing when it is told so. In front of several servers it hands
 * new connections to one after the other, as a service of a cluster does.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int GONE_PATIENCE_MILLIS = 200;

    private final InetSocketAddress address;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Socket> unanswered = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private volatile List<InetSocketAddress> targets;
    private volatile Fault fault = new Fault.None();
    private ServerSocket door;
    private Thread accepting;

    private FaultProxy(ServerSocket door, List<InetSocketAddress> targets) {
        this.door = door;
        this.address = (InetSocketAddress) door.getLocalSocketAddress();
        this.targets = targets;
        this.accepting = serve(door);
    }

    /** In front of these ports of loopback. */
    public static FaultProxy before(int... ports) {
        try {
            return new FaultProxy(FreePort.listen(BACKLOG), addresses(ports));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return address.getPort();
    }

    /** From now on new connections go to these ports of loopback; the old ones stay where they are. */
    public void lead(int... ports) {
        targets = addresses(ports);
    }

    /** Bytes of answers that never came back, see {@link Fault.AnswerLost}. */
    public long bytesLost() {
        return lost.get();
    }

    public void heal() {
        fail(new Fault.None());
    }

    /** From now on it fails like this, on connections that there are as well as on new ones. */
    public synchronized void fail(Fault next) {
        Fault before = fault;
        fault = next;
        try {
            if (isAway(before) && !isAway(next)) {
                comeBack();
            }
            switch (next) {
                case Fault.Refuse _ -> goAway();
                case Fault.Gone _ -> {
                    connections.forEach(ProxiedConnection::silence);
                    shut();
                    beUnreachable();
                }
                case Fault.HalfOpen _ -> connections.forEach(ProxiedConnection::silence);
                case Fault.Truncate truncate -> connections.forEach(each -> each.truncateAfter(truncate.bytes()));
                case Fault.None _, Fault.Latency _, Fault.Bandwidth _, Fault.Reset _, Fault.AnswerLost _ ->
                    connections.forEach(ProxiedConnection::resume);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        shut();
        forgetUnanswered();
        connections.forEach(ProxiedConnection::reset);
    }

    Fault fault() {
        return fault;
    }

    void lose(int bytes) {
        lost.addAndGet(bytes);
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private Thread serve(ServerSocket open) {
        return Thread.ofVirtual().name("proxy-" + open.getLocalPort()).start(() -> {
            while (!open.isClosed()) {
                try {
                    connect(open.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void connect(Socket client) {
        List<InetSocketAddress> servers = targets;
        InetSocketAddress server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
        var connection = new ProxiedConnection(this, client, server);
        connections.add(connection);
        Fault now = fault;
        if (now instanceof Fault.HalfOpen) {
            connection.silence();
        } else if (now instanceof Fault.Truncate truncate) {
            connection.truncateAfter(truncate.bytes());
        }
        connection.start();
    }

    private static boolean isAway(Fault fault) {
        return fault instanceof Fault.Refuse || fault instanceof Fault.Gone;
    }

    private void goAway() throws IOException {
        shut();
        connections.forEach(ProxiedConnection::reset);
    }

    /** The port is free only when the thread that accepts has let go of it. */
    private void shut() throws IOException {
        door.close();
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void comeBack() throws IOException {
        shut();
        forgetUnanswered();
        door = FreePort.listenAt(address, BACKLOG);
        accepting = serve(door);
    }

    /** A listener whose queue is full and which accepts nobody: Linux answers no further SYN. */
    private void beUnreachable() throws IOException {
        door = FreePort.listenAt(address, 1);
        for (int waiting = 0; waiting < BACKLOG; waiting++) {
            var socket = new Socket();
            unanswered.add(socket);
            try {
                socket.connect(address, GONE_PATIENCE_MILLIS);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("the queue of a listener that accepts nobody is never full");
    }

    private void forgetUnanswered() throws IOException {
        for (Socket socket : unanswered) {
            socket.close();
        }
        unanswered.clear();
    }

    private static List<InetSocketAddress> addresses(int... ports) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int port : ports) {
            addresses.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a proxy leads somewhere");
        }
        return List.copyOf(addresses);
    }
}
