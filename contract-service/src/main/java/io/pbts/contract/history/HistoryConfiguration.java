package io.pbts.contract.history;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import io.pbts.support.trace.WorkSpans;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    Loop historyLoop(HistoryWorker worker, ChainProperties properties, WorkSpans spans) {
        return new Loop("history", properties.poll(), worker::step, spans);
    }
}
