package io.pbts.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JitTest {
    @ParameterizedTest
    @EnumSource
    void startsQuicklyInLocal(Service service) {
        assertThat(Jit.of(service, Profile.LOCAL, Map.of())).isEqualTo(Jit.QUICK);
    }

    @Test
    void compilesFullyWhereTheLoadIsInProduction() {
        assertThat(Jit.of(Service.ANNOUNCE, Profile.PRODUCTION, Map.of())).isEqualTo(Jit.FULL);
        assertThat(Jit.of(Service.RECEIPT, Profile.PRODUCTION, Map.of())).isEqualTo(Jit.FULL);
        assertThat(Jit.of(Service.GATEWAY, Profile.PRODUCTION, Map.of())).isEqualTo(Jit.FULL);
        assertThat(Jit.of(Service.CONTRACT, Profile.PRODUCTION, Map.of())).isEqualTo(Jit.QUICK);
    }

    @Test
    void doesWhatTheCallerSays() {
        assertThat(Jit.of(Service.CONTRACT, Profile.LOCAL, Map.of("PBTS_JIT", "full")))
                .isEqualTo(Jit.FULL);
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(() -> Jit.of(Service.CONTRACT, Profile.LOCAL, Map.of("PBTS_JIT", "fast")))
                .withMessage("PBTS_JIT is 'fast': quick or full");
    }
}
