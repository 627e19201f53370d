/** The registry of torrents: what was uploaded, and which swarms that opens. */
@NullMarked
package io.pbts.announce.torrent;

import org.jspecify.annotations.NullMarked;
