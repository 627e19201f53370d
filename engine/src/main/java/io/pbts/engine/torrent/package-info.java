/** One torrent: its peers, its pieces, whose turn it is to be served. */
@NullMarked
package io.pbts.engine.torrent;

import org.jspecify.annotations.NullMarked;
