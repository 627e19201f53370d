/** Exactly once, whatever dies: replicas as processes of their own on a Postgres of their own, both killed with -9. */
@NullMarked
package io.pbts.receipt.crash;

import org.jspecify.annotations.NullMarked;
