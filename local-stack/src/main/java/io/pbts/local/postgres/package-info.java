/** The embedded database: unpacked once, durable by assertion, recovered after any kill. */
@NullMarked
package io.pbts.local.postgres;

import org.jspecify.annotations.NullMarked;
