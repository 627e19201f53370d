/** Raw ends for the gateway to stand between: what arrives is asserted byte for byte. */
@NullMarked
package io.pbts.gateway.testing;

import org.jspecify.annotations.NullMarked;
