package io.pbts.receipt;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the receipt service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
class ReceiptServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ReceiptServiceApplication.class, arguments);
    }
}
