/** The services' OpenAPI documents on one page, as seen from outside. */
@NullMarked
package io.pbts.gateway.docs;

import org.jspecify.annotations.NullMarked;
