/** The contracts that a tracker needs on its chain: found by configuration, or made once on a dev chain. */
@NullMarked
package io.pbts.contract.deployment;

import org.jspecify.annotations.NullMarked;
