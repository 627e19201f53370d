package io.pbts.engine.peer;

import io.pbts.engine.Block;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;
import java.io.IOException;

/** What a connection's reading thread calls. An exception ends the connection. */
public interface PeerHandler {

    /** Reading begins. */
    void opened(PeerConnection peer) throws IOException;

    /** Every message but blocks and those of extensions that the connection deals with itself. */
    void message(PeerConnection peer, Message message) throws IOException;

    /** The header of a block has come; its bytes must be read or skipped. */
    void block(PeerConnection peer, Block block, MessageReader reader) throws IOException;

    void extensionsKnown(PeerConnection peer) throws IOException;

    /** The gate's verdict about the peer may have changed. */
    void reconsidered(PeerConnection peer);

    /** Called once, last of all. */
    void closed(PeerConnection peer, String reason);
}
