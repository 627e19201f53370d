/** How background work is done: a loop that survives its failures, and a lease so that one replica does it. */
@NullMarked
package io.pbts.contract.work;

import org.jspecify.annotations.NullMarked;
