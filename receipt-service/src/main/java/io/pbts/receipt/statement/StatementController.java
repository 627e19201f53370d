package io.pbts.receipt.statement;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.merkle.LogTree;
import io.pbts.receipt.facts.Account;
import io.pbts.receipt.facts.AccountDirectory;
import io.pbts.receipt.facts.Settlement;
import io.pbts.receipt.facts.SettlementDirectory;
import io.pbts.receipt.statement.StatementRows.Batch;
import io.pbts.receipt.statement.StatementRows.Row;
import io.pbts.receipt.statement.StatementRows.Signed;
import io.pbts.support.Feed;
import io.pbts.support.FeedCursor;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows a party its credited receipts, and an auditor anybody's, each with the way from its row to the root on the chain. */
@RestController
@Tag(name = "receipts")
class StatementController {
    private static final int MOST_BATCHES = 16;

    private final StatementRows rows;
    private final SettlementDirectory settlements;
    private final AccountDirectory accounts;

    StatementController(StatementRows rows, SettlementDirectory settlements, AccountDirectory accounts) {
        this.rows = rows;
        this.settlements = settlements;
        this.accounts = accounts;
    }

    /**
     * A batch and the account's receipts in it.
     *
     * @param settlement null until it is on the chain
     * @param size receipts of the batch, other people's included
     */
    record StatementBatch(
            long batchSeq,
            String rowsRoot,
            int size,
            @Nullable Settlement settlement,
            List<StatementReceipt> receipts) {}

    /**
     * A credited receipt; hashes and accounts are 64 hexadecimal digits.
     *
     * @param sender chain account
     * @param receiver chain account
     * @param signed null when the month that it lies in was archived
     * @param rowHash the leaf (docs/protocol.md, the row a receipt leaves)
     * @param index place in the batch, from 0
     * @param path sibling hashes from the leaf up to the batch's root
     */
    record StatementReceipt(
            long sequence,
            String torrentId,
            String sender,
            String receiver,
            long pieceIndex,
            long bytes,
            @Nullable Signed signed,
            String rowHash,
            int index,
            List<String> path) {}

    @Operation(
            summary = "Your credited receipts",
            description =
                    "Of receipts that you sent or received a piece of, batch by batch in the order in which they were credited; "
                            + "`cursor` is the `after` of the next page, `limit` counts batches (16 at most). Every receipt comes with the "
                            + "path to its batch's root, every batch on the chain with the path to the root there.")
    @Allow(value = Who.SCOPE, scope = Scope.ACCOUNT_READ)
    @GetMapping("/api/v1/receipts")
    Feed<StatementBatch> own(
            Caller.Account caller,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "8") int limit) {
        return statement(caller.accountId(), FeedCursor.parse(after), limit);
    }

    @Operation(
            summary = "Anybody's credited receipts, for auditors",
            description =
                    "As `/api/v1/receipts`, of the account named. Needs an API key with scope `audit`, which only the operator gives.")
    @Allow(value = Who.SCOPE, scope = Scope.AUDIT)
    @GetMapping("/api/v1/audit/receipts")
    Feed<StatementBatch> anybodys(
            @RequestParam(name = "user_id") String userId,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "8") int limit) {
        Account account = user(userId)
                .flatMap(accounts::byUserId)
                .orElseThrow(() -> new Refusal(404, "unknown-user", "No such account"));
        return statement(account.accountId(), FeedCursor.parse(after), limit);
    }

    private Feed<StatementBatch> statement(long account, FeedCursor after, int limit) {
        int size = Math.clamp(limit, 1, MOST_BATCHES);
        List<Batch> found = rows.batches(account, after, size + 1);
        List<Batch> page = found.subList(0, Math.min(size, found.size()));
        Map<Long, Settlement> settled =
                settlements.of(page.stream().map(Batch::number).toList());
        List<StatementBatch> batches = page.stream()
                .map(batch -> batch(batch, account, settled.get(batch.number())))
                .toList();
        FeedCursor next = page.isEmpty() ? after : page.getLast().position();
        return new Feed<>(next.equals(FeedCursor.START) ? "" : next.wire(), batches, found.size() > size);
    }

    private StatementBatch batch(Batch batch, long account, @Nullable Settlement settlement) {
        List<Row> all = rows.rows(batch.number());
        LogTree tree = LogTree.of(all.stream().map(Row::hash).toList());
        List<StatementReceipt> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isOf(account)) {
                own.add(receipt(all.get(i), i, tree));
            }
        }
        return new StatementBatch(batch.number(), batch.rowsRoot(), all.size(), settlement, own);
    }

    private static StatementReceipt receipt(Row row, int index, LogTree tree) {
        return new StatementReceipt(
                row.sequence(),
                row.torrent(),
                row.sender(),
                row.receiver(),
                row.index(),
                row.bytes(),
                row.signed(),
                row.hash().toUnprefixedHexString(),
                index,
                tree.prove(index).path().stream()
                        .map(Bytes32::toUnprefixedHexString)
                        .toList());
    }

    private static Optional<UserId> user(String name) {
        try {
            return Optional.of(new UserId(name));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
