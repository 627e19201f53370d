/** Keys in files that say nothing without a password. */
@NullMarked
package io.pbts.agent.key;

import org.jspecify.annotations.NullMarked;
