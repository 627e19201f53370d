/** What several modules test with: changes of good examples, fuzzers and planted bugs in JVMs of their own. */
package io.pbts.protocol.testing;
