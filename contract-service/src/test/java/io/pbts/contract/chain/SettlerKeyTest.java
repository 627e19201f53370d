package io.pbts.contract.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pbts.contract.testing.Anvil;
import io.pbts.protocol.account.EthereumAddress;
import org.junit.jupiter.api.Test;

class SettlerKeyTest {
    @Test
    void isRefusedOffDevChainsWhenAnvilGivesItToEverybody() {
        try (Anvil anvil = Anvil.start()) {
            for (var account : anvil.rpc("eth_accounts")) {
                assertThat(DevChain.everybodyHasTheKeyOf(EthereumAddress.parse(account.asString())))
                        .as(account.asString())
                        .isTrue();
            }
        }
        assertThat(SettlerKey.parse(Anvil.KEY, 31337)).isNotNull();
        assertThat(SettlerKey.parse("0x" + Anvil.KEY, 1337)).isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> SettlerKey.parse(Anvil.KEY, 1));
    }

    @Test
    void isNeverPrinted() {
        assertThat(SettlerKey.parse(Anvil.KEY, 31337).toString()).isEqualTo("[REDACTED]");
        for (String wrong : new String[] {"", "0".repeat(64), Anvil.KEY + "0", "g" + Anvil.KEY.substring(1)}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SettlerKey.parse(wrong, 31337))
                    .withMessageNotContaining(Anvil.KEY.substring(1));
        }
    }
}
