/** What an announce costs, beside other trackers in the same run. */
@NullMarked
package io.pbts.benchmarks.announce;

import org.jspecify.annotations.NullMarked;
