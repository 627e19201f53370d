/** What the operator sees of one account, and how it locks a thief out of it. */
@NullMarked
package io.pbts.reputation.admin;

import org.jspecify.annotations.NullMarked;
