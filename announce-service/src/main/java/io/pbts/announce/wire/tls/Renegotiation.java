package io.pbts.announce.wire.tls;

/**
 * Handshakes that a client of TLS 1.2 asks for again on one connection: each costs as much as a new connection and is counted
 * nowhere.
 */
public final class Renegotiation {
    private Renegotiation() {}

    /** Tells the JDK, which reads this once, at its first handshake. An operator's own choice stands. */
    public static void refuse() {
        String setting = "jdk.tls.rejectClientInitiatedRenegotiation";
        System.setProperty(setting, System.getProperty(setting, "true"));
    }
}
