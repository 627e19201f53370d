/** The five acts of the AI-agent seed, played with real bytes by the programs that users run; each proves what it shows. */
@NullMarked
package io.pbts.local.demo;

import org.jspecify.annotations.NullMarked;
