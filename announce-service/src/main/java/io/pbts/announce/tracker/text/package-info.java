/** Requests and answers as text: paths, queries and bencode, read and written without a copy. */
@NullMarked
package io.pbts.announce.tracker.text;

import org.jspecify.annotations.NullMarked;
