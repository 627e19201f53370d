package io.pbts.contract.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

class RevertTest {
    @Test
    void readsTheNamesAndValuesOfTheContractsErrors() {
        assertThat(Revert.decode(error("UserExists", new Utf8String("alice"))).sentence())
                .isEqualTo("UserExists(alice)");
        assertThat(Revert.decode(error("WrongSequence", new Uint64(3), new Uint64(5)))
                        .sentence())
                .isEqualTo("WrongSequence(3, 5)");
    }

    @Test
    void readsSoliditysOwnErrors() {
        assertThat(Revert.decode(error("Error", new Utf8String("no"))).sentence())
                .isEqualTo("Error(no)");
        assertThat(Revert.decode(error("Panic", new Uint256(BigInteger.valueOf(17))))
                        .sentence())
                .isEqualTo("Panic(17)");
    }

    @Test
    void saysThatItDoesNotKnowAnErrorInsteadOfFailing() {
        assertThat(Revert.decode(Bytes.EMPTY).name()).isEqualTo("Reverted");
        assertThat(Revert.decode(Bytes.fromHexString("0xdeadbeef00")).sentence())
                .isEqualTo("Reverted(0xdeadbeef00)");
    }

    @Test
    void boundsWhatAContractCanMakeUsRepeat() {
        assertThat(Revert.decode(error("UserExists", new Utf8String("x".repeat(10_000))))
                        .sentence())
                .hasSizeLessThan(300);
    }

    private static Bytes error(String name, Type<?>... values) {
        return Bytes.fromHexString(FunctionEncoder.encode(new Function(name, List.of(values), List.of())));
    }
}
