/** The order in which everything starts and stops. */
@NullMarked
package io.pbts.local.stack;

import org.jspecify.annotations.NullMarked;
