package io.pbts.contract.registry;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import io.pbts.support.trace.WorkSpans;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    Loop registryLoop(RegistryWorker worker, ChainProperties properties, WorkSpans spans) {
        return new Loop("key-registry", properties.poll(), worker::step, spans);
    }
}
