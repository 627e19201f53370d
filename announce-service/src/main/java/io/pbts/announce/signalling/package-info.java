/** Rooms in which browsers find each other: offers and answers of WebRTC passed on between connections. Knows no socket. */
@NullMarked
package io.pbts.announce.signalling;

import org.jspecify.annotations.NullMarked;
