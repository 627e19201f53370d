/** The pages that the gateway serves itself. */
@NullMarked
package io.pbts.gateway.page;

import org.jspecify.annotations.NullMarked;
