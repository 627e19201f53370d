package io.pbts.contract.chain;

import io.micrometer.tracing.Tracer;
import io.pbts.support.secret.MountedSecrets;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.web3j.protocol.Web3j;

/** web3j by our own beans: its Spring starter ends at Boot 1.5 (docs/adr/0001). */
@Configuration(proxyBeanMethods = false)
class ChainConfiguration {
    private static final int IDLE_CONNECTIONS = 2;

    @Bean
    SettlerKey settlerKey(
            @Value("${pbts.chain.settler-key:}") String configured,
            MountedSecrets secrets,
            ChainProperties properties) {
        return SettlerSecret.read(configured, secrets, properties.chainId());
    }

    @Bean
    ChainSpans chainSpans(ObjectProvider<Tracer> tracers) {
        return new ChainSpans(tracers.getIfAvailable(() -> Tracer.NOOP));
    }

    @Bean
    Endpoints endpoints(ChainProperties properties, ChainSpans spans) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(properties.connectTimeout())
                .callTimeout(properties.callTimeout())
                .readTimeout(properties.callTimeout())
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .build();
        return new Endpoints(properties.rpcUrl(), http, spans);
    }

    @Bean(destroyMethod = "shutdown")
    Web3j web3j(Endpoints endpoints) {
        return Web3j.build(endpoints.service());
    }

    @Bean
    ChainNode chainNode(Web3j web3j) {
        return new ChainNode(web3j);
    }
}
