package io.pbts.engine.wire;

import io.pbts.engine.Block;
import org.apache.tuweni.bytes.Bytes;

/** What peers say to each other after the handshake (BEP 3, BEP 6, BEP 10). A block's bytes travel apart. */
public sealed interface Message {

    record KeepAlive() implements Message {}

    record Choke() implements Message {}

    record Unchoke() implements Message {}

    record Interested() implements Message {}

    record NotInterested() implements Message {}

    record Have(int piece) implements Message {}

    /** One bit per piece, the first in the highest bit of the first byte. */
    record Bitfield(Bytes bits) implements Message {}

    record Request(Block block) implements Message {}

    /** The bytes of the block follow and must be read or skipped. */
    record PieceHeader(Block block) implements Message {}

    record Cancel(Block block) implements Message {}

    /** Said by clients with a DHT, which private torrents do not use. */
    record Port() implements Message {}

    record Suggest(int piece) implements Message {}

    record HaveAll() implements Message {}

    record HaveNone() implements Message {}

    record Reject(Block block) implements Message {}

    record AllowedFast(int piece) implements Message {}

    /** Id 0 is the extension handshake. */
    record Extended(int id, Bytes payload) implements Message {}

    /** A message of a kind we do not know; its bytes have been skipped. */
    record Unknown(int id) implements Message {}

    int ID_CHOKE = 0;
    int ID_UNCHOKE = 1;
    int ID_INTERESTED = 2;
    int ID_NOT_INTERESTED = 3;
    int ID_HAVE = 4;
    int ID_BITFIELD = 5;
    int ID_REQUEST = 6;
    int ID_PIECE = 7;
    int ID_CANCEL = 8;
    int ID_PORT = 9;
    int ID_SUGGEST = 13;
    int ID_HAVE_ALL = 14;
    int ID_HAVE_NONE = 15;
    int ID_REJECT = 16;
    int ID_ALLOWED_FAST = 17;
    int ID_EXTENDED = 20;
}
