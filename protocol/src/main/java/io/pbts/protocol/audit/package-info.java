/** What an auditor or the owner of an account checks without the tracker: epoch files and proofs of sums. */
@NullMarked
package io.pbts.protocol.audit;

import org.jspecify.annotations.NullMarked;
