/** The secrets in announce URLs: under which keys they are hashed, where they stand, and how one takes another's place. */
@NullMarked
package io.pbts.reputation.account.passkey;

import org.jspecify.annotations.NullMarked;
