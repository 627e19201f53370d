/** From a wish to a final transaction: nonce, fee, retry, confirmations, reorganizations. Every wish comes true once. */
@NullMarked
package io.pbts.contract.submission;

import org.jspecify.annotations.NullMarked;
