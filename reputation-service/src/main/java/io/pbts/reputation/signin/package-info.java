/** Challenges, and whether a key's holder answered one: for signing in, registering a wallet and adding a key. */
@NullMarked
package io.pbts.reputation.signin;

import org.jspecify.annotations.NullMarked;
