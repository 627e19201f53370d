/** Which clients and ports are welcome, by settings that are judged once, at start. */
@NullMarked
package io.pbts.announce.rule;

import org.jspecify.annotations.NullMarked;
