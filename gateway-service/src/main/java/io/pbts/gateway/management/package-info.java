/** What the machinery around the gateway asks it, on a port of its own: is it alive, does it take requests, what did it do. */
@NullMarked
package io.pbts.gateway.management;

import org.jspecify.annotations.NullMarked;
