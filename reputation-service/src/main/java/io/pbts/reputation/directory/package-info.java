/** Answers other services: whose key, passkey or name is this, and whom must the chain learn of. */
@NullMarked
package io.pbts.reputation.directory;

import org.jspecify.annotations.NullMarked;
