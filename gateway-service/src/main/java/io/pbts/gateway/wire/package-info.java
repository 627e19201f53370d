/** HTTP/1.1 read so strictly that no other reader could understand it differently. */
@NullMarked
package io.pbts.gateway.wire;

import org.jspecify.annotations.NullMarked;
