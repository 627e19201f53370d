package io.pbts.benchmarks.signing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSecretKey;

/** One piece that went from a sender to a receiver, who has yet to sign for it. */
public record Delivery(AccountKey sender, BlsSecretKey receiver, Torrent torrent, int piece) {}
