package io.pbts.support.route;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.pbts.support.testing.TestKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A service with one route of each kind, started for real on a free port. */
final class SmallService implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private SmallService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static SmallService start(String profile, Path secrets, Class<?>... more) {
        var sources = new ArrayList<Class<?>>(List.of(Application.class));
        sources.addAll(List.of(more));
        return start(profile, secrets, sources, List.of());
    }

    /** With a management port of its own, as in containers. */
    static SmallService startManaged(int managementPort) {
        return start(
                "production",
                TestKeys.secretsFor("receipt"),
                List.of(Application.class),
                List.of(
                        "--management.server.port=" + managementPort,
                        "--management.endpoints.web.exposure.include=health,prometheus"));
    }

    private static SmallService start(String profile, Path secrets, List<Class<?>> sources, List<String> more) {
        var settings = new ArrayList<>(List.of(
                "--spring.config.location=classpath:/pbts-defaults.yml",
                "--spring.application.name=receipt-service",
                "--pbts.secrets-dir=" + secrets,
                "--pbts.secrets-look=50ms",
                "--server.port=0"));
        settings.addAll(more);
        return new SmallService(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .profiles(profile)
                .run(settings.toArray(String[]::new)));
    }

    static SmallService start(String profile) {
        return start(profile, TestKeys.secretsFor("receipt"));
    }

    RouteInventory inventory() {
        return context.getBean(RouteInventory.class);
    }

    /** A GET at the management port. */
    HttpResponse<String> probe(String path) throws Exception {
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        return sendBody(method, path, method.equals("POST") ? "{}" : "", headers);
    }

    HttpResponse<String> sendBody(String method, String path, String body, String... headers) throws Exception {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Routes.class)
    static class Application {}

    @RestController
    static class Routes {
        @Allow(Who.ANYONE)
        @GetMapping("/api/v1/anyone")
        String anyone(Caller caller) {
            return caller.getClass().getSimpleName();
        }

        @Allow(Who.LOOPBACK)
        @GetMapping("/api/v1/loopback")
        String loopback() {
            return "ok";
        }

        @Allow(Who.PASSKEY)
        @GetMapping("/api/v1/passkey")
        String passkey() {
            return "ok";
        }

        @Allow(Who.ACCOUNT)
        @GetMapping("/api/v1/account")
        String account(Caller.Account account) {
            return account.userId();
        }

        @Allow(value = Who.SCOPE, scope = Scope.REPORT)
        @GetMapping("/api/v1/scope")
        String scope() {
            return "ok";
        }

        @Allow(Who.ADMIN)
        @GetMapping("/api/v1/admin")
        String admin() {
            return "ok";
        }

        @Allow(value = Who.SERVICE, services = "announce")
        @GetMapping("/internal/v1/announce-only")
        String announceOnly() {
            return "ok";
        }

        @Allow(Who.SERVICE)
        @GetMapping("/internal/v1/service")
        String service() {
            return "ok";
        }

        @Allow(
                value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
                scope = Scope.REPORT)
        @PostMapping("/report")
        String report(@RequestBody String body) {
            return "ok";
        }
    }
}
