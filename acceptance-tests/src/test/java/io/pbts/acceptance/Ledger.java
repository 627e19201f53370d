package io.pbts.acceptance;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * What receipt-service's tables say of a torrent.
 *
 * @param receipts rows, one for each piece of a receiver
 * @param bytes of all of them
 * @param held receipts that do not count yet
 */
record Ledger(long receipts, long bytes, long held) {
    private static final String OF_TORRENT = """
            select count(*), coalesce(sum(k.bytes), 0), count(h.receipt_seq)
              from receipt.receipt_key k
              join receipt.torrent_facts t using (torrent_id)
              left join receipt.held h using (receipt_seq)
             where t.info_hash_v1 = ?
            """;

    static Ledger of(Stack stack, String infoHash) throws SQLException, IOException {
        try (var connection = Superuser.connect(stack);
                var query = connection.prepareStatement(OF_TORRENT)) {
            query.setBytes(1, HexFormat.of().parseHex(infoHash));
            try (var row = query.executeQuery()) {
                row.next();
                return new Ledger(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }
}
