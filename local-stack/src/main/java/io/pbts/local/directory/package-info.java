/** The data directory: its layout, its lock, its secrets and the file that tells others where the parts listen. */
@NullMarked
package io.pbts.local.directory;

import org.jspecify.annotations.NullMarked;
