package io.pbts.announce;

import io.pbts.announce.wire.tls.Renegotiation;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The tracker's process: a Spring MVC control port beside Netty listeners for clients. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class AnnounceApplication {

    public static void main(String[] arguments) {
        Renegotiation.refuse();
        SpringApplication.run(AnnounceApplication.class, arguments);
    }
}
