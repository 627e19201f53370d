/** What others check the settlements with: a proof of one account's sum, and the whole epoch as a file. */
@NullMarked
package io.pbts.contract.proof;

import org.jspecify.annotations.NullMarked;
