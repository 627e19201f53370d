/** Taking part in swarms: pieces one way, signatures the other. */
@NullMarked
package io.pbts.agent.sharing;

import org.jspecify.annotations.NullMarked;
