package io.pbts.receipt.testing;

import org.springframework.test.context.ActiveProfiles;

/** As on a server: a passkey is demanded, only our own form of receipts counts, no unsafe route exists. */
@ActiveProfiles("production")
public abstract class ProductionTracker extends RunningTracker {}
