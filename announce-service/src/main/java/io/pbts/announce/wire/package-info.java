/** Sockets: Netty listeners that turn bytes into requests for the tracker. Knows no rule of the tracker. */
@NullMarked
package io.pbts.announce.wire;

import org.jspecify.annotations.NullMarked;
