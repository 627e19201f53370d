/** The programs behind {@code ./pbts verify-epoch} and {@code verify-proof}: they need a file and a contract, and no tracker. */
@NullMarked
package io.pbts.local.audit;

import org.jspecify.annotations.NullMarked;
