package io.pbts.support;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes {@code @HttpExchange} clients for other services: bounded waiting, reads (every GET, and what is marked
 * {@link RepeatableRead}) tried again, and a circuit that opens when the other side keeps failing. Whatever prevents an
 * answer arrives as {@link FactUnavailable}; an answer of 4xx stays a
 * {@link org.springframework.web.client.HttpClientErrorException}.
 */
public final class ServiceCalls {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final String READ = RepeatableRead.class.getName();

    private final CallProperties properties;
    private final CallCredential credential;
    private final ObservationRegistry observations;

    public ServiceCalls(CallProperties properties, CallCredential credential, ObservationRegistry observations) {
        this.properties = properties;
        this.credential = credential;
        this.observations = observations;
    }

    /** A client of the named service at this base URL. */
    public <T> T client(Class<T> type, String service, URI baseUrl) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .build();
        var factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(properties.readTimeout());
        RestClient client = RestClient.builder()
                .baseUrl(baseUrl.toString())
                .requestFactory(factory)
                .observationRegistry(observations)
                .configureMessageConverters(converters ->
                        converters.registerDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(JSON)))
                .requestInterceptor((request, body, execution) -> {
                    credential.show(service, request.getHeaders());
                    return execution.execute(request, body);
                })
                .requestInterceptor(new Guard(service, circuit(service), properties.attempts()))
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .httpRequestValuesProcessor(ServiceCalls::markRead)
                .build()
                .createClient(type);
    }

    /** Tells the guard, who sees requests and no methods. */
    private static void markRead(
            Method method,
            MethodParameter[] parameters,
            @Nullable Object[] arguments,
            HttpRequestValues.Builder request) {
        if (method.isAnnotationPresent(RepeatableRead.class)) {
            request.addAttribute(READ, true);
        }
    }

    private CircuitBreaker circuit(String service) {
        return CircuitBreaker.of(
                service,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(properties.openFor())
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    private record Guard(String service, CircuitBreaker circuit, int attempts) implements ClientHttpRequestInterceptor {

        @Override
        public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
            int allowed = isRead(request) ? attempts : 1;
            FactUnavailable last = new FactUnavailable(service, null);
            for (int attempt = 1; attempt <= allowed; attempt++) {
                try {
                    return circuit.executeCallable(() -> answered(execution.execute(request, body)));
                } catch (CallNotPermittedException open) {
                    throw new FactUnavailable(service, open);
                } catch (IOException failed) {
                    last = new FactUnavailable(service, failed);
                } catch (RuntimeException failed) {
                    throw failed;
                } catch (Exception failed) {
                    throw new IllegalStateException("a call threw a checked exception of its own", failed);
                }
            }
            throw last;
        }

        private static boolean isRead(HttpRequest request) {
            return HttpMethod.GET.equals(request.getMethod())
                    || request.getAttributes().containsKey(READ);
        }

        private static ClientHttpResponse answered(ClientHttpResponse response) throws IOException {
            if (response.getStatusCode().is5xxServerError()) {
                int status = response.getStatusCode().value();
                response.close();
                throw new IOException("answered " + status);
            }
            return response;
        }
    }
}
