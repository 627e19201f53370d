/** Bencode (BEP 3): a strict, iterative, bounded reader and a writer whose output is always canonical. */
@NullMarked
package io.pbts.protocol.bencode;

import org.jspecify.annotations.NullMarked;
