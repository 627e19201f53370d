/** Sessions: opened by a key's proof, spoken for by short access tokens, renewed by rotating refresh tokens, ended at once. */
@NullMarked
package io.pbts.reputation.session;

import org.jspecify.annotations.NullMarked;
