/** Reads the originals' JSON strictly: a field of the wrong type is named, never guessed. */
@NullMarked
package io.pbts.receipt.wire;

import org.jspecify.annotations.NullMarked;
