/** Keys that programs use instead of a session: named, scoped, revocable, shown once. */
@NullMarked
package io.pbts.reputation.apikey;

import org.jspecify.annotations.NullMarked;
