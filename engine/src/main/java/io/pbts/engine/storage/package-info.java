/** Pieces in files: where they lie, which are there, and what is remembered between runs. */
@NullMarked
package io.pbts.engine.storage;

import org.jspecify.annotations.NullMarked;
