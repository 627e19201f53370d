/** What every service of the suite does identically: one error vocabulary, one clock, one way to ask another service. */
@NullMarked
package io.pbts.support;

import org.jspecify.annotations.NullMarked;
