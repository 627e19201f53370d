package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.Caller;
import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagementPortTest {
    @Test
    void tellsItsStateAndCountsAnswersByOutcomeAndNeverByHashOrKey() throws Exception {
        try (Stack stack = Stack.production("management.server.port=0")) {
            Caller caller = stack.caller();
            stack.tracker.behave(FakeService.answer(200, "text/plain", "d8:intervali1800ee"));
            String passkey = "abcdefghijklmnopqrstuvwxyz234567";
            assertThat(caller.get("/" + passkey + "/announce?info_hash=" + "%aa".repeat(20) + "&port=1")
                            .status())
                    .isEqualTo(200);
            caller.get("/no/such/route");
            Caller prober = stack.prober();
            assertThat(prober.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(prober.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(prober.get("/actuator/env").status()).isEqualTo(404);
            String metrics = prober.get("/actuator/prometheus").body();
            assertThat(metrics)
                    .contains(
                            "pbts_gateway_requests_total{application=\"gateway-service\",outcome=\"success\",owner=\"tracker\"} 1.0",
                            "pbts_gateway_requests_total{application=\"gateway-service\",outcome=\"refused\",owner=\"none\"} 1.0",
                            "pbts_gateway_refusals_total{application=\"gateway-service\",reason=\"not_found\"} 1.0",
                            "pbts_gateway_refusals_total{application=\"gateway-service\",reason=\"away\"} 0.0",
                            "jvm_memory_used_bytes")
                    .doesNotContain(passkey)
                    .doesNotContainIgnoringCase("%aa");
            assertThat(Files.readAllLines(Path.of("../docs/metrics.txt")))
                    .filteredOn(line -> line.startsWith("every ") || line.startsWith("gateway "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(metrics).contains("\n" + line.split(" ", -1)[1]));
            assertThat(metrics).doesNotContainPattern("\"[^\"]*[0-9a-fA-F]{20}[^\"]*\"");
            assertThat(caller.get("/actuator/prometheus").status()).isEqualTo(404);
            for (FakeService service : List.of(stack.tracker, stack.announce, stack.receipt, stack.reputation)) {
                service.close();
            }
            assertThat(prober.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(prober.get("/actuator/health/readiness").status()).isEqualTo(200);
        }
    }
}
