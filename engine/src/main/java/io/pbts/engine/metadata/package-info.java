/** What a torrent is, learnt from those who have it when nothing is known but its hash (BEP 9). */
@NullMarked
package io.pbts.engine.metadata;

import org.jspecify.annotations.NullMarked;
