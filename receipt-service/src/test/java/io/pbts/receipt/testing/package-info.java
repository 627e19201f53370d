/** Parts that this module's tests share: a database with both schemas, peers with real keys, and the neighbours' HTTP. */
@NullMarked
package io.pbts.receipt.testing;

import org.jspecify.annotations.NullMarked;
