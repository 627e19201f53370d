/** Receipts between the time they are verified and the time the tracker has answered for them. */
@NullMarked
package io.pbts.agent.queue;

import org.jspecify.annotations.NullMarked;
