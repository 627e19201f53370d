/** Makes torrents of files: how they are listed and hashed. Knows no peers. */
@NullMarked
package io.pbts.engine.create;

import org.jspecify.annotations.NullMarked;
