/** Stand-ins and real parts for the tests of the stack. */
@NullMarked
package io.pbts.local.testing;

import org.jspecify.annotations.NullMarked;
