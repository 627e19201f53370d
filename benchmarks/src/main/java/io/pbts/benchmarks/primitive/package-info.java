/** JMH, one class per subject. Public throughout, because JMH generates subclasses. */
@NullMarked
package io.pbts.benchmarks.primitive;

import org.jspecify.annotations.NullMarked;
