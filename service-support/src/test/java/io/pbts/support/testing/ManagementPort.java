package io.pbts.support.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A service's management port, as probes and scrapers see it. */
public final class ManagementPort {
    /** Settings that open it on a free port. */
    public static final Map<String, Object> SETTINGS =
            Map.of("management.server.port", 0, "management.endpoints.web.exposure.include", "health,prometheus");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    private ManagementPort(int port) {
        this.port = port;
    }

    /** Opens it in a Spring test context. */
    public static void register(DynamicPropertyRegistry registry) {
        SETTINGS.forEach((name, value) -> registry.add(name, () -> value));
    }

    public static ManagementPort of(Environment environment) {
        return new ManagementPort(environment.getRequiredProperty("local.management.port", Integer.class));
    }

    /** The status of the health group: 200 or 503. */
    public int health(String group) {
        return get("/actuator/health/" + group).statusCode();
    }

    /** All metrics, as they are scraped. */
    public String metrics() {
        HttpResponse<String> answer = get("/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** The sum of the metric over all its series that have these labels, such as {@code outcome="announced"}. */
    public double metric(String name, String... labels) {
        return metrics()
                .lines()
                .filter(line ->
                        line.startsWith(name + "{") && Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What docs/metrics.txt says of these who expose something is so. */
    public void exposesWhatIsWrittenOf(String... who) {
        String metrics = metrics();
        Set<String> expected = Set.of(who);
        List<String[]> lines = documented().stream()
                .map(line -> line.split(" ", -1))
                .filter(line -> expected.contains(line[0]))
                .toList();
        assertThat(lines.stream().map(line -> line[0])).containsAll(expected);
        assertThat(lines).allSatisfy(line -> assertThat(metrics).containsPattern("\n" + line[1] + "[{ ]"));
        assertThat(metrics).doesNotContainPattern("=\"[^\"]*[0-9a-fA-F]{20}[^\"]*\"");
    }

    private static List<String> documented() {
        try {
            return Files.readAllLines(Path.of("../docs/metrics.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
