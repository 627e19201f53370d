/** The keys that the services sign tokens for each other with (docs/adr/0003), made with nothing but the JDK. */
@NullMarked
package io.pbts.local.keys;

import org.jspecify.annotations.NullMarked;
