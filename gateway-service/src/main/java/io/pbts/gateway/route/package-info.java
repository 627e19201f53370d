/** Which request goes to which service: the one table of public routes and what carries a request there. */
@NullMarked
package io.pbts.gateway.route;

import org.jspecify.annotations.NullMarked;
