/** The tracker's certificate: read from files, and read again when they change. */
@NullMarked
package io.pbts.announce.wire.tls;

import org.jspecify.annotations.NullMarked;
