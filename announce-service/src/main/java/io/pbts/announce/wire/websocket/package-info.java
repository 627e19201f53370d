/** WebSockets (RFC 6455) at the tracker's port: the way of browsers into a swarm. */
@NullMarked
package io.pbts.announce.wire.websocket;

import org.jspecify.annotations.NullMarked;
