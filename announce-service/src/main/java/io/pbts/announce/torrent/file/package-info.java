/** {@code .torrent} files as they come in and as they go out. */
@NullMarked
package io.pbts.announce.torrent.file;

import org.jspecify.annotations.NullMarked;
