/** The operator's own door: a second listener that no public caller can reach. */
@NullMarked
package io.pbts.gateway.admin;

import org.jspecify.annotations.NullMarked;
