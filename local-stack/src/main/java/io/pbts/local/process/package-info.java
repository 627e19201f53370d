/** Processes that must not outlive their purpose: started in one place, recorded, stopped, and swept up after a kill. */
@NullMarked
package io.pbts.local.process;

import org.jspecify.annotations.NullMarked;
