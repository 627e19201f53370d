package io.pbts.receipt.facts;

import io.pbts.protocol.account.PasskeyHashKeys;
import io.pbts.support.ServiceCalls;
import io.pbts.support.secret.MountedSecrets;
import java.net.URI;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clients of the three services that own facts, and the keys under which passkeys are named to them. */
@Configuration(proxyBeanMethods = false)
class FactsConfiguration {
    @Bean
    ReputationClient reputationClient(ServiceCalls calls, @Value("${pbts.reputation-url}") URI url) {
        return calls.client(ReputationClient.class, Asking.REPUTATION, url);
    }

    @Bean
    AnnounceClient announceClient(ServiceCalls calls, @Value("${pbts.announce-url}") URI url) {
        return calls.client(AnnounceClient.class, Asking.ANNOUNCE, url);
    }

    @Bean
    ContractClient contractClient(ServiceCalls calls, @Value("${pbts.contract-url}") URI url) {
        return calls.client(ContractClient.class, Asking.CONTRACT, url);
    }

    /** Always the keys of the newest file, which may be replaced at any time. */
    @Bean
    Supplier<PasskeyHashKeys> passkeyKeys(MountedSecrets secrets) {
        return secrets.watch("pbts.passkey-key", secret -> PasskeyHashKeys.parse(secret.reveal()));
    }
}
