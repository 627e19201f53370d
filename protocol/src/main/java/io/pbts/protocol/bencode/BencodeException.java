package io.pbts.protocol.bencode;

/** The bytes are not the bencode we accept. Carries where, so that the author of a file can find it. */
public final class BencodeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;

    BencodeException(String reason, int position) {
        super(reason + " at byte " + position);
        this.position = position;
    }

    /** Offset of the offending byte, from 0. */
    public int position() {
        return position;
    }
}
