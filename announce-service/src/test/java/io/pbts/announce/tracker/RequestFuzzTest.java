package io.pbts.announce.tracker;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.pbts.protocol.testing.FuzzCampaign;
import io.pbts.protocol.testing.Mutations;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a request says is read or refused, never a fault. */
class RequestFuzzTest {
    private static final int INPUTS = 20_000;

    @ParameterizedTest
    @EnumSource
    void takesOrRefusesEveryChangeOfGoodExamples(RequestTarget target) {
        target.examples().forEach(target::read);
        target.read(new byte[0]);
        var mutations = new Mutations(target.examples(), 20_261_128);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutations.next();
            assertThatCode(() -> target.read(input))
                    .as(() -> HexFormat.of().formatHex(input))
                    .doesNotThrowAnyException();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void findsNothingElseUntilAMillionInputsReachNothingNew(RequestTarget target) {
        FuzzCampaign.run(target);
    }
}
