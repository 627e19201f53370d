/** Who may enter, and what a request may say about where it comes from. */
@NullMarked
package io.pbts.gateway.access;

import org.jspecify.annotations.NullMarked;
