package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.pbts.protocol.testing.FuzzCampaign;
import io.pbts.protocol.testing.Mutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a report says is read or refused with 4xx. */
class JsonFuzzTest {
    private static final int INPUTS = 10_000;

    @ParameterizedTest
    @EnumSource
    void takesOrRefusesEveryChangeOfGoodExamples(JsonTarget target) {
        target.examples().forEach(target::read);
        var mutations = new Mutations(target.examples(), 20_261_127);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutations.next();
            assertThatCode(() -> target.read(input)).doesNotThrowAnyException();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void findsNothingElseUntilAMillionInputsReachNothingNew(JsonTarget target) {
        FuzzCampaign.run(target);
    }
}
