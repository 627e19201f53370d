/** The settlement contract changes to one that follows it, while everything runs. */
@NullMarked
package io.pbts.contract.succession;

import org.jspecify.annotations.NullMarked;
