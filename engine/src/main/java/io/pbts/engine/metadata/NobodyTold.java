package io.pbts.engine.metadata;

/** No tracker and no peer could say what the torrent is. The message is for people. */
public final class NobodyTold extends Exception {

    private static final long serialVersionUID = 1L;

    NobodyTold(String message) {
        super(message);
    }
}
