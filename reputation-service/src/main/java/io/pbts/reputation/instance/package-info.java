/** Who this tracker is, and what it shows of itself to strangers; most of that is asked of the services that own it. */
@NullMarked
package io.pbts.reputation.instance;

import org.jspecify.annotations.NullMarked;
