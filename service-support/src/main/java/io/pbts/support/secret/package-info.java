/** Secrets from mounted files: never printed, replaced without a restart. */
@NullMarked
package io.pbts.support.secret;

import org.jspecify.annotations.NullMarked;
