/** The tracker protocol: reads announces and scrapes from bytes, judges them, writes bencode. Knows no socket. */
@NullMarked
package io.pbts.announce.tracker;

import org.jspecify.annotations.NullMarked;
