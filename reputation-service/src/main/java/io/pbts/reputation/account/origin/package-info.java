/** Where an account comes from: what the contract of the tracker before this one says of it. */
@NullMarked
package io.pbts.reputation.account.origin;

import org.jspecify.annotations.NullMarked;
