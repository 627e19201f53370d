/** What the tests of the tracker share: a reputation-service to play with, a raw client, torrents. */
@NullMarked
package io.pbts.announce.testing;

import org.jspecify.annotations.NullMarked;
