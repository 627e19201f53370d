/** One connection: its two threads, what waits to be sent, how much is asked for at a time. */
@NullMarked
package io.pbts.engine.peer;

import org.jspecify.annotations.NullMarked;
