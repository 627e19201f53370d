package io.pbts.protocol.torrent;

/** A metainfo file we do not take. The message names the field and is fit to be shown to whoever sent the file. */
public final class MetainfoException extends Exception {

    private static final long serialVersionUID = 1L;

    MetainfoException(String reason) {
        super(reason);
    }

    MetainfoException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
