/** The HTTP edge: the originals' {@code /contract/*} and what other services ask. */
@NullMarked
package io.pbts.contract.api;

import org.jspecify.annotations.NullMarked;
