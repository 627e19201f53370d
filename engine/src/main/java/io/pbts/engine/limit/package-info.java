/** What the engine may use: memory, bytes per second. */
@NullMarked
package io.pbts.engine.limit;

import org.jspecify.annotations.NullMarked;
