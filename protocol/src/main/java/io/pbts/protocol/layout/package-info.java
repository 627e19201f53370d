/** Big-endian fields, one after the other: how signed bytes, rows and binary bodies are written and read. */
@NullMarked
package io.pbts.protocol.layout;

import org.jspecify.annotations.NullMarked;
