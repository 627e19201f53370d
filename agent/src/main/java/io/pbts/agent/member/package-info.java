/** Who the member is: keys, account, sessions. */
@NullMarked
package io.pbts.agent.member;

import org.jspecify.annotations.NullMarked;
