/** The command line client of a member of a tracker: its commands, where it keeps things, what it prints. */
@NullMarked
package io.pbts.agent;

import org.jspecify.annotations.NullMarked;
