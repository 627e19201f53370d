/** Who may download: standings as reputation-service gives them, held here so that an announce asks nobody. */
@NullMarked
package io.pbts.announce.admission;

import org.jspecify.annotations.NullMarked;
