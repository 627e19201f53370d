/** An epoch as a file: everything its root on the chain commits to, and whoever has it can check it without the tracker. */
@NullMarked
package io.pbts.protocol.epoch;

import org.jspecify.annotations.NullMarked;
