/** The tracker over UDP (BEP 15, 41): packets, and the ids by which clients prove where they are. */
@NullMarked
package io.pbts.announce.wire.udp;

import org.jspecify.annotations.NullMarked;
