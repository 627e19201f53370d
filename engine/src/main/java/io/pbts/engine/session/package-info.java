/** The engine as a whole: the listening socket, the torrents, the clock. */
@NullMarked
package io.pbts.engine.session;

import org.jspecify.annotations.NullMarked;
