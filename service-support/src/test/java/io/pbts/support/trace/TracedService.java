package io.pbts.support.trace;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.pbts.support.Refusal;
import io.pbts.support.ServiceCalls;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;

/** A service that asks another one, started for real; the other one remembers what it was told of a trace. */
final class TracedService implements AutoCloseable {
    private final List<String> toldToTheOther = new CopyOnWriteArrayList<>();
    private final HttpServer other;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private TracedService(List<String> settings) throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        other.createContext("/", exchange -> {
            toldToTheOther.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            byte[] body = "{\"known\":true}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        List<String> all = new ArrayList<>(List.of(
                "--spring.config.location=classpath:/pbts-defaults.yml",
                "--spring.application.name=receipt-service",
                "--pbts.secrets-dir=" + TestKeys.secretsFor("receipt"),
                "--other.url=http://127.0.0.1:" + other.getAddress().getPort(),
                "--server.port=0"));
        settings.forEach(setting -> all.add("--" + setting));
        try {
            context = new SpringApplicationBuilder(Application.class)
                    .profiles("production")
                    .run(all.toArray(String[]::new));
        } catch (RuntimeException refused) {
            other.stop(0);
            throw refused;
        }
    }

    static TracedService start(String... settings) throws IOException {
        return new TracedService(List.of(settings));
    }

    /** As the gateway asks, in a trace or in none. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header(TestToken.HEADER, TestKeys.token("gateway", "receipt").text());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The {@code traceparent} of each call to the other service; {@code null} as a text where there was none. */
    List<String> toldToTheOther() {
        return toldToTheOther;
    }

    boolean has(Class<?> bean) {
        return context.getBeanNamesForType(bean).length > 0;
    }

    /** Sends what waits. */
    void flush() {
        context.getBean(SdkTracerProvider.class).forceFlush().join(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        http.close();
        context.close();
        other.stop(0);
    }

    interface Other {
        record Fact(boolean known) {}

        @GetExchange("/internal/v1/facts/{name}")
        Fact fact(@PathVariable("name") String name, @RequestParam("of") String of);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Routes.class)
    static class Application {}

    @RestController
    static class Routes {
        private final Other other;

        Routes(ServiceCalls calls, Environment environment) {
            other = calls.client(
                    Other.class, "reputation-service", URI.create(environment.getRequiredProperty("other.url")));
        }

        @Allow(Who.ANYONE)
        @GetMapping("/api/v1/asks/{name}")
        boolean asks(@PathVariable("name") String name) {
            return other.fact(name, name).known();
        }

        @Allow(Who.ANYONE)
        @GetMapping("/api/v1/refuses/{name}")
        boolean refuses(@PathVariable("name") String name) {
            throw new Refusal(409, "no", "Not " + name);
        }

        @Allow(Who.ANYONE)
        @GetMapping("/api/v1/fails/{name}")
        boolean fails(@PathVariable("name") String name) {
            throw new IllegalStateException("it happens");
        }
    }
}
