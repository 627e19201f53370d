/** Test parts that every module shares: the architecture rules and a real Postgres. */
@NullMarked
package io.pbts.support.testing;

import org.jspecify.annotations.NullMarked;
