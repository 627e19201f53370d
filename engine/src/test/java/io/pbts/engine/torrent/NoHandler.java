package io.pbts.engine.torrent;

import io.pbts.engine.Block;
import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.peer.PeerHandler;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageReader;

/** For connections that are not read from. */
final class NoHandler implements PeerHandler {
    @Override
    public void opened(PeerConnection peer) {}

    @Override
    public void message(PeerConnection peer, Message message) {}

    @Override
    public void block(PeerConnection peer, Block block, MessageReader reader) {}

    @Override
    public void extensionsKnown(PeerConnection peer) {}

    @Override
    public void reconsidered(PeerConnection peer) {}

    @Override
    public void closed(PeerConnection peer, String reason) {}
}
