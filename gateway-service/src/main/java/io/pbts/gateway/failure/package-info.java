/** The one translation of failures into what each kind of client understands. */
@NullMarked
package io.pbts.gateway.failure;

import org.jspecify.annotations.NullMarked;
