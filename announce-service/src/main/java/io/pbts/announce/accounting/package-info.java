/** What clients say of their own traffic: deltas per peer, summed per account, told to reputation-service in batches. */
@NullMarked
package io.pbts.announce.accounting;

import org.jspecify.annotations.NullMarked;
