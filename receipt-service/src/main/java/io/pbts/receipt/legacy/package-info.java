/** The tracker seed's other routes: checking one receipt, configuration, keys for local use, and the absent TEE. */
@NullMarked
package io.pbts.receipt.legacy;

import org.jspecify.annotations.NullMarked;
