/** Passkeys as bytes of a request and as hashes, under keys that may be rotated at any time. */
@NullMarked
package io.pbts.announce.passkey;

import org.jspecify.annotations.NullMarked;
