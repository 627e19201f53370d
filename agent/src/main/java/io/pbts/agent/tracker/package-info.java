/** The tracker's HTTP interface, as far as a member needs it. */
@NullMarked
package io.pbts.agent.tracker;

import org.jspecify.annotations.NullMarked;
