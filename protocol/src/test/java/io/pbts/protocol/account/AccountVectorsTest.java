package io.pbts.protocol.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AccountVectorsTest {

    private static final JsonNode ACCOUNTS = Vectors.read("accounts.json");

    static Stream<JsonNode> passkeys() {
        return Vectors.list(ACCOUNTS.required("passkeys")).stream();
    }

    @ParameterizedTest
    @MethodSource("passkeys")
    void aPasskeyIsHashedAsNobleHashesIt(JsonNode vector) {
        PasskeyHashKey key = PasskeyHashKey.fromHex(Vectors.text(ACCOUNTS, "passkey_hash_key"));
        assertThat(new Passkey(Vectors.text(vector, "passkey")).hash(key))
                .isEqualTo(PasskeyHash.fromHex(Vectors.text(vector, "hash")));
    }

    @Test
    void theNameOnChainIsTheHashOfTheFirstKey() {
        JsonNode accounts = ACCOUNTS.required("chain_accounts");
        AccountKey bls = AccountKey.of(AccountKey.Kind.BLS, key(accounts, "bls"));
        AccountKey wallet = AccountKey.of(AccountKey.Kind.ADDRESS, key(accounts, "address"));
        assertThat(bls.chainAccount()).hasToString(account(accounts, "bls"));
        assertThat(wallet.chainAccount()).hasToString(account(accounts, "address"));
        assertThat(ChainAccount.ofName("alice")).hasToString(account(accounts, "name"));
    }

    private static Bytes key(JsonNode accounts, String kind) {
        return Vectors.bytes(accounts.required(kind), "key");
    }

    private static String account(JsonNode accounts, String kind) {
        return Vectors.text(accounts.required(kind), "account");
    }
}
