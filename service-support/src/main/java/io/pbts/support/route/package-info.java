/** What may be asked by whom: every route of a servlet service, its rule, and the two places that keep it. */
@NullMarked
package io.pbts.support.route;

import org.jspecify.annotations.NullMarked;
