/** What an operator and anybody else may see of the chain and of settlement: routes under {@code /api/v1/chain}, metrics. */
@NullMarked
package io.pbts.contract.status;

import org.jspecify.annotations.NullMarked;
