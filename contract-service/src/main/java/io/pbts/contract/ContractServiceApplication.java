package io.pbts.contract;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class ContractServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ContractServiceApplication.class, arguments);
    }
}
