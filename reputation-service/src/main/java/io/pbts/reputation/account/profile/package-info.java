/** What an account sees of itself. */
@NullMarked
package io.pbts.reputation.account.profile;

import org.jspecify.annotations.NullMarked;
