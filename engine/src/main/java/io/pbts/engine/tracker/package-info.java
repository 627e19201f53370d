/** Asking trackers for peers (BEP 3, 7, 15, 23, 41), no more often than they want to be asked. */
@NullMarked
package io.pbts.engine.tracker;

import org.jspecify.annotations.NullMarked;
