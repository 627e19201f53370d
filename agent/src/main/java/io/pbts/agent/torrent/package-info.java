/** Torrent files: made, registered, compared with what is on disk. */
@NullMarked
package io.pbts.agent.torrent;

import org.jspecify.annotations.NullMarked;
