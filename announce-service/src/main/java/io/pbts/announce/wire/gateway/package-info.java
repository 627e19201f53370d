/** What only the gateway may say to the internal listener: who it is, and for which address it asks. */
@NullMarked
package io.pbts.announce.wire.gateway;

import org.jspecify.annotations.NullMarked;
