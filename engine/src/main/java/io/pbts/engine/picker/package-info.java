/** Which block to ask whom for: rarest piece first, one peer a piece where that is owed, all hands at the end. */
@NullMarked
package io.pbts.engine.picker;

import org.jspecify.annotations.NullMarked;
