/** Real parts for tests: an anvil, a network that fails on command, and the feeds of the other services. */
@NullMarked
package io.pbts.contract.testing;

import org.jspecify.annotations.NullMarked;
