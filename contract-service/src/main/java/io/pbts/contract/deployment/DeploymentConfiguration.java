package io.pbts.contract.deployment;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import io.pbts.support.trace.WorkSpans;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeploymentConfiguration {

    @Bean
    Loop deploymentLoop(ContractDeployment deployment, ChainProperties properties, WorkSpans spans) {
        return new Loop("deployment", properties.poll(), deployment::step, spans);
    }
}
