/** The one public HTTP door: it routes, limits and describes, and knows no receipts. */
@NullMarked
package io.pbts.gateway;

import org.jspecify.annotations.NullMarked;
