package io.pbts.contract.registry;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    Loop registryLoop(RegistryWorker worker, ChainProperties properties) {
        return new Loop("key-registry", properties.poll(), worker::step);
    }
}
