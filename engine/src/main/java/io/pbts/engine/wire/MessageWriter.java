package io.pbts.engine.wire;

import io.pbts.engine.Block;
import java.nio.ByteBuffer;
import org.apache.tuweni.bytes.Bytes;

/** Puts messages into a buffer. */
public final class MessageWriter {

    /** Bytes before those of a block. */
    public static final int PIECE_OVERHEAD = 13;

    private MessageWriter() {}

    /** Bytes of a message on the wire, its length included; of a block without its bytes. */
    public static int size(Message message) {
        return switch (message) {
            case Message.KeepAlive _ -> 4;
            case Message.Choke _ -> 5;
            case Message.Unchoke _ -> 5;
            case Message.Interested _ -> 5;
            case Message.NotInterested _ -> 5;
            case Message.HaveAll _ -> 5;
            case Message.HaveNone _ -> 5;
            case Message.Have _ -> 9;
            case Message.Suggest _ -> 9;
            case Message.AllowedFast _ -> 9;
            case Message.Request _ -> 17;
            case Message.Cancel _ -> 17;
            case Message.Reject _ -> 17;
            case Message.PieceHeader _ -> PIECE_OVERHEAD;
            case Message.Bitfield(Bytes bits) -> 5 + bits.size();
            case Message.Extended extended -> 6 + extended.payload().size();
            case Message.Port _ -> throw new IllegalArgumentException("never sent");
            case Message.Unknown _ -> throw new IllegalArgumentException("never sent");
        };
    }

    /** Appends a message; the buffer must have room for it. The bytes of a block are the caller's to append. */
    public static void put(ByteBuffer out, Message message) {
        switch (message) {
            case Message.KeepAlive _ -> out.putInt(0);
            case Message.Choke _ -> plain(out, Message.ID_CHOKE);
            case Message.Unchoke _ -> plain(out, Message.ID_UNCHOKE);
            case Message.Interested _ -> plain(out, Message.ID_INTERESTED);
            case Message.NotInterested _ -> plain(out, Message.ID_NOT_INTERESTED);
            case Message.HaveAll _ -> plain(out, Message.ID_HAVE_ALL);
            case Message.HaveNone _ -> plain(out, Message.ID_HAVE_NONE);
            case Message.Have(int piece) -> numbered(out, Message.ID_HAVE, piece);
            case Message.Suggest(int piece) -> numbered(out, Message.ID_SUGGEST, piece);
            case Message.AllowedFast(int piece) -> numbered(out, Message.ID_ALLOWED_FAST, piece);
            case Message.Request(Block block) -> block(out, Message.ID_REQUEST, block);
            case Message.Cancel(Block block) -> block(out, Message.ID_CANCEL, block);
            case Message.Reject(Block block) -> block(out, Message.ID_REJECT, block);
            case Message.PieceHeader(Block block) ->
                out.putInt(9 + block.length())
                        .put((byte) Message.ID_PIECE)
                        .putInt(block.piece())
                        .putInt(block.begin());
            case Message.Bitfield(Bytes bits) ->
                out.putInt(1 + bits.size()).put((byte) Message.ID_BITFIELD).put(bits.toArrayUnsafe());
            case Message.Extended(int id, Bytes payload) ->
                out.putInt(2 + payload.size())
                        .put((byte) Message.ID_EXTENDED)
                        .put((byte) id)
                        .put(payload.toArrayUnsafe());
            case Message.Port _ -> throw new IllegalArgumentException("never sent");
            case Message.Unknown _ -> throw new IllegalArgumentException("never sent");
        }
    }

    private static void plain(ByteBuffer out, int id) {
        out.putInt(1).put((byte) id);
    }

    private static void numbered(ByteBuffer out, int id, int piece) {
        out.putInt(5).put((byte) id).putInt(piece);
    }

    private static void block(ByteBuffer out, int id, Block block) {
        out.putInt(13)
                .put((byte) id)
                .putInt(block.piece())
                .putInt(block.begin())
                .putInt(block.length());
    }
}
