/** Request targets byte for byte: what a BitTorrent client sent is what the tracker reads. */
@NullMarked
package io.pbts.gateway.target;

import org.jspecify.annotations.NullMarked;
