/** What a person at the terminal reads: one line per part, and one clear line when something is in the way. */
@NullMarked
package io.pbts.local.console;

import org.jspecify.annotations.NullMarked;
