package io.pbts.engine.picker;

import io.pbts.engine.Block;

/** A request that a peer need not answer any more. */
public record Withdrawal(Source source, Block block) {}
