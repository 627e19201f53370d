package io.pbts.announce.signalling;

/** The way to one connected client. */
@FunctionalInterface
public interface Outlet {
    /** Sends a message, from whatever thread; drops it when the client is gone or does not read what it was sent before. */
    void send(String json);
}
