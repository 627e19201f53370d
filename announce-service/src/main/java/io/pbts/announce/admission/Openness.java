package io.pbts.announce.admission;

/** Whom the tracker serves. Chosen by the profile and by nothing else. */
public enum Openness {
    /**
     * On somebody's own machine: announces without a passkey and of torrents nobody registered are served without a gate, as
     * by the original tracker, and peers may have private addresses.
     */
    LOCAL,
    /** In public: a passkey, a registered torrent, a ratio. */
    PRIVATE
}
