/** A way between two programs that fails as networks do. */
package io.pbts.protocol.testing.network;
