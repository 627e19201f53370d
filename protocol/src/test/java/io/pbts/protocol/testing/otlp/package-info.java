/** A collector of traces (OTLP over HTTP) that remembers what it was sent, to the byte. */
@NullMarked
package io.pbts.protocol.testing.otlp;

import org.jspecify.annotations.NullMarked;
