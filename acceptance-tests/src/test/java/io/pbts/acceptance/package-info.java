/** What the suite promises, shown from outside: public HTTP, real BitTorrent clients, the chain. */
@NullMarked
package io.pbts.acceptance;

import org.jspecify.annotations.NullMarked;
