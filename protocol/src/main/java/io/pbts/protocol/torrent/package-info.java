/** Torrents as the metainfo file describes them: info hashes (BEP 3, BEP 52), pieces, peers. */
@NullMarked
package io.pbts.protocol.torrent;

import org.jspecify.annotations.NullMarked;
