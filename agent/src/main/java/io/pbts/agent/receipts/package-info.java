/** Receipts that wait on disk, in the hands of their owner: listed, handed in, verified, taken elsewhere. */
@NullMarked
package io.pbts.agent.receipts;

import org.jspecify.annotations.NullMarked;
