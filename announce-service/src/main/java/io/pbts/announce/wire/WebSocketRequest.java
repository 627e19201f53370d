package io.pbts.announce.wire;

/** What of a head asks for a WebSocket (RFC 6455 4.2.1), gathered while the head is read. */
final class WebSocketRequest {
    private static final int KEY_LENGTH = 24;

    private boolean named;
    private boolean connection;
    private boolean version;
    private int keyFrom;
    private int keyTo;

    void clear() {
        named = false;
        connection = false;
        version = false;
        keyFrom = 0;
        keyTo = 0;
    }

    boolean names(boolean webSocket) {
        named |= webSocket;
        return true;
    }

    void connectionUpgrades() {
        connection = true;
    }

    boolean version(boolean thirteen) {
        version = thirteen;
        return true;
    }

    /** False when there is a second one. */
    boolean key(int from, int to) {
        boolean first = keyTo == 0;
        keyFrom = from;
        keyTo = to;
        return first;
    }

    /** Whether all of it was there. */
    boolean isComplete() {
        return named && connection && version && keyTo - keyFrom == KEY_LENGTH;
    }

    int keyFrom() {
        return keyFrom;
    }

    int keyTo() {
        return keyTo;
    }
}
