package io.pbts.agent.member;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import io.pbts.engine.receipt.ReceiptSigner;

/**
 * Who takes part, where, and how.
 *
 * @param signer by the key that the account was opened with
 */
public record Member(Folders folders, Account account, TrackerApi api, Instance instance, ReceiptSigner signer) {}
