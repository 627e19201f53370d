package io.pbts.reputation.account.key;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.signin.Spelling;

/** How a key is written under {@code /api/v1}: {@code bls} with 96 hexadecimal digits, or {@code wallet} with an address. */
public record KeyName(String kind, String value) {
    private static final String BLS = "bls";
    private static final String WALLET = "wallet";

    public static KeyName of(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls -> new KeyName(BLS, bls.bytes().toUnprefixedHexString());
            case AccountKey.Wallet wallet ->
                new KeyName(WALLET, wallet.address().checksummed());
        };
    }

    /** The key that is meant; whether anybody holds it is another question. */
    AccountKey key() {
        return switch (Spelling.kind(kind)) {
            case BLS -> Spelling.blsKey(value).accountKey();
            case ADDRESS -> new AccountKey.Wallet(Spelling.address(value));
        };
    }
}
