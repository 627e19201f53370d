/** Ports beside the public one. */
@NullMarked
package io.pbts.gateway.listener;

import org.jspecify.annotations.NullMarked;
