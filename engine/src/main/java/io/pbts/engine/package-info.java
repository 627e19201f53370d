/** A BitTorrent engine. This package is its only door: what lies below it is nobody else's. */
@NullMarked
package io.pbts.engine;

import org.jspecify.annotations.NullMarked;
