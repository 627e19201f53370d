/** What several modules test with: changes of good examples, fuzzers and planted bugs in JVMs of their own; below it a network that fails. */
package io.pbts.protocol.testing;
