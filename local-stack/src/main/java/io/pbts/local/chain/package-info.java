/** The development chain and the file that carries it over a restart. */
@NullMarked
package io.pbts.local.chain;

import org.jspecify.annotations.NullMarked;
