/** Further downloads: how a receiver that lost its copy pays its senders again, by its own decision. */
@NullMarked
package io.pbts.receipt.download;

import org.jspecify.annotations.NullMarked;
