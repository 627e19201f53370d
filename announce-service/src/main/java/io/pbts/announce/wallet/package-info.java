/**
 * The AI-agent variant's API of the tracker: wallets announce themselves, say which clients are theirs, and find each other.
 */
@NullMarked
package io.pbts.announce.wallet;

import org.jspecify.annotations.NullMarked;
