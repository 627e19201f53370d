/** The tracker: announce, scrape, swarms, the registry of torrents, and who is admitted. */
@NullMarked
package io.pbts.announce;

import org.jspecify.annotations.NullMarked;
