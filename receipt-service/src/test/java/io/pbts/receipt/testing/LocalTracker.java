package io.pbts.receipt.testing;

import org.springframework.test.context.ActiveProfiles;

/** As {@code ./pbts up} starts it, on loopback: the originals' calls work. */
@ActiveProfiles("local")
public abstract class LocalTracker extends RunningTracker {}
