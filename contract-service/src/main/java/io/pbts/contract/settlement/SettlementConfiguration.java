package io.pbts.contract.settlement;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import io.pbts.support.trace.WorkSpans;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettlementConfiguration {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int STEPS_PER_INTERVAL = 5;

    /** Several steps in an interval: what an epoch waits for, an enrolment or the block of the one before, takes less. */
    @Bean
    Loop settlementLoop(
            SettlementWorker worker, SettlementProperties properties, ChainProperties chain, WorkSpans spans) {
        Duration pause = properties.interval(chain.isDevChain()).dividedBy(STEPS_PER_INTERVAL);
        Duration atMost = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return new Loop("settlement", atMost.isPositive() ? atMost : chain.poll(), worker::step, spans);
    }
}
