package io.pbts.announce.testing;

import io.pbts.announce.AnnounceApplication;
import io.pbts.announce.wire.Doors;
import io.pbts.protocol.account.Passkey;
import io.pbts.support.testing.ManagementPort;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The whole service in one profile, on free ports, with a real Postgres and a reputation-service to play with. */
public final class TrackerFixture implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeReputation reputation = new FakeReputation();
    private final TestPostgres database;
    private final Path secrets;
    private final ServletWebServerApplicationContext context;

    public TrackerFixture(String profile, String... settings) {
        this(profile, TestPostgres.create(), settings);
    }

    public TrackerFixture(String profile, TestPostgres database, String... settings) {
        this.database = database;
        secrets = TestKeys.secretsFor("announce", Map.of("pbts.passkey-key", FakeReputation.KEY));
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=" + profile,
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD,
                "--pbts.secrets-dir=" + secrets,
                "--pbts.admission.reputation-url=" + reputation.url(),
                "--pbts.wire.port=0",
                "--pbts.wire.internal-port=0",
                "--pbts.wire.overload-lag=10s",
                "--pbts.tracker.rehearsal=0s",
                "--pbts.torrent.public-url=http://tracker.test:8000/",
                "--pbts.torrent.public-tracker=tracker.test:6969"));
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith(name));
            arguments.add(setting);
        }
        context = (ServletWebServerApplicationContext)
                SpringApplication.run(AnnounceApplication.class, arguments.toArray(String[]::new));
    }

    public FakeReputation reputation() {
        return reputation;
    }

    public TestPostgres database() {
        return database;
    }

    /** Where it is probed and scraped, when a setting opens that port. */
    public ManagementPort management() {
        return ManagementPort.of(context.getEnvironment());
    }

    public static Passkey newPasskey() {
        return Passkey.generate(RANDOM);
    }

    public InetSocketAddress direct() {
        return Doors.direct(context);
    }

    public InetSocketAddress tls() {
        return Doors.tls(context);
    }

    public InetSocketAddress internal() {
        return Doors.internal(context);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One request on a connection of its own to the direct listener. */
    public RawClient.Answer get(String target) {
        try (var client = new RawClient(direct())) {
            return client.get(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the gateway would ask for a client at this address. */
    public RawClient.Answer getFor(String address, String target) {
        try (var client = new RawClient(internal())) {
            return client.get(target, gatewayToken(), "X-PBTS-Client-Address: " + address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the gateway shows at the internal listener, as a header line. */
    public static String gatewayToken() {
        return TestToken.HEADER + ": " + TestKeys.token("gateway", "announce").text();
    }

    /** Where the service's secrets lie, one file each. */
    public Path secrets() {
        return secrets;
    }

    /** Through the gateway, from this machine. */
    public HttpResponse<String> upload(byte[] torrent, String... headers) throws Exception {
        return upload(TestKeys.visitor("announce"), torrent, headers);
    }

    public HttpResponse<String> upload(TestToken token, byte[] torrent, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(control("/api/v1/torrents"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(torrent));
        return send(token, request, headers);
    }

    /** As the caller whom the path is for: the gateway, or a service. */
    public HttpResponse<String> read(String path, String... headers) throws Exception {
        return send(tokenFor(path), HttpRequest.newBuilder(control(path)), headers);
    }

    /** As whoever the token says. */
    public HttpResponse<String> readAs(TestToken token, String path, String... headers) throws Exception {
        return send(token, HttpRequest.newBuilder(control(path)), headers);
    }

    /** With a service token of whatever form. */
    public HttpResponse<String> readWith(String token, String path) throws Exception {
        var request = HttpRequest.newBuilder(control(path)).header(TestToken.HEADER, token);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> postJson(String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(control(path)).POST(HttpRequest.BodyPublishers.ofString(json));
        return send(tokenFor(path), request, "Content-Type", "application/json");
    }

    /** A request with a JSON body, or an empty one, as somebody. */
    public HttpResponse<String> ask(TestToken token, String method, String path, String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(control(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        return send(token, request, headers);
    }

    /** As {@link #read}, for what is no text. */
    public HttpResponse<byte[]> download(TestToken token, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(control(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(token.on(request).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static TestToken tokenFor(String path) {
        if (path.startsWith("/internal/v1/routes") || path.startsWith("/v3/")) {
            return TestKeys.token("gateway", "announce");
        }
        return path.startsWith("/internal/") ? TestKeys.token("receipt", "announce") : TestKeys.visitor("announce");
    }

    private static HttpResponse<String> send(TestToken token, HttpRequest.Builder request, String... headers)
            throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(token.on(request).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI control(String path) {
        return URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + path);
    }

    @Override
    public void close() {
        context.close();
        reputation.close();
    }
}
