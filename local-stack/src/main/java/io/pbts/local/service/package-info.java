/** The suite's own services as processes: extracted jars, start-up caches, settings, readiness. */
@NullMarked
package io.pbts.local.service;

import org.jspecify.annotations.NullMarked;
