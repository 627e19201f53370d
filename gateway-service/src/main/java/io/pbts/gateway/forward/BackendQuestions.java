package io.pbts.gateway.forward;

import io.pbts.gateway.route.Owner;
import io.pbts.gateway.trace.RequestTrace;
import io.pbts.support.access.ServiceTokens;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.context.ContextView;

/** What the gateway asks the services on its own account, over few connections apart from those of its callers. */
public final class BackendQuestions {
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private final WebClient client;
    private final BackendProperties backends;
    private final ServiceTokens tokens;

    BackendQuestions(BackendProperties backends, PoolProperties pool, ServiceTokens tokens) {
        ConnectionProvider connections = ConnectionProvider.builder("questions")
                .maxConnections(pool.questions())
                .pendingAcquireMaxCount(pool.pendingQuestions())
                .pendingAcquireTimeout(Duration.ofSeconds(1))
                .maxIdleTime(Duration.ofSeconds(10))
                .build();
        this.backends = backends;
        this.tokens = tokens;
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .filter((question, next) -> Mono.deferContextual(asker -> next.exchange(traced(question, asker))))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    private static ClientRequest traced(ClientRequest question, ContextView asker) {
        return ClientRequest.from(question)
                .headers(headers -> RequestTrace.tell(asker, headers))
                .build();
    }

    /** A GET of a service's own path. The caller bounds the time it waits. */
    public RequestHeadersSpec<?> ask(Owner owner, String path) {
        return client.get().uri(backends.of(owner).at(path)).header(ServiceTokens.HEADER, token(owner));
    }

    /** The same for a POST of a JSON object. */
    public RequestHeadersSpec<?> ask(Owner owner, String path, Map<String, String> body) {
        return client.post()
                .uri(backends.of(owner).at(path))
                .header(ServiceTokens.HEADER, token(owner))
                .bodyValue(body);
    }

    private String token(Owner owner) {
        return tokens.forService(owner.service());
    }
}
