package io.pbts.receipt.verification;

import java.util.OptionalInt;

/** One of the receipts of a report, readable or not. */
public sealed interface PostedItem permits PostedReceipt, PostedItem.Unreadable {

    /**
     * It cannot be read, and nothing that it shares with others can be checked.
     *
     * @param sentence what is wrong, for whoever posted it
     * @param batch the batch that it came in
     */
    record Unreadable(String sentence, OptionalInt batch) implements PostedItem {}
}
