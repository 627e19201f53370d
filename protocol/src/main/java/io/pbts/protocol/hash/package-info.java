/** The two hash functions of the protocol, SHA-256 and Keccak-256, over immutable bytes. */
@NullMarked
package io.pbts.protocol.hash;

import org.jspecify.annotations.NullMarked;
