/** What every command has: where things are kept, what is printed, what the program ends with. */
@NullMarked
package io.pbts.agent.cli;

import org.jspecify.annotations.NullMarked;
