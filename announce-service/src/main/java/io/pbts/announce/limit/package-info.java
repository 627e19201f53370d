/** How much one client may take of the tracker: buckets and counts in tables of fixed size, and when a loop is late. */
@NullMarked
package io.pbts.announce.limit;

import org.jspecify.annotations.NullMarked;
