package io.pbts.announce.testing;

import io.pbts.announce.AnnounceApplication;
import io.pbts.announce.wire.Doors;
import io.pbts.protocol.account.Passkey;
import io.pbts.support.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The whole service in one profile, on free ports, with a real Postgres and a reputation-service to play with. */
public final class TrackerFixture implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeReputation reputation = new FakeReputation();
    private final TestPostgres database;
    private final ServletWebServerApplicationContext context;

    public TrackerFixture(String profile, String... settings) {
        this(profile, TestPostgres.create(), settings);
    }

    public TrackerFixture(String profile, TestPostgres database, String... settings) {
        this.database = database;
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=" + profile,
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD,
                "--pbts.passkey-key=" + FakeReputation.KEY,
                "--pbts.admission.reputation-url=" + reputation.url(),
                "--pbts.wire.port=0",
                "--pbts.wire.internal-port=0",
                "--pbts.torrent.public-url=http://tracker.test:8000/"));
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

    public static Passkey newPasskey() {
        return Passkey.generate(RANDOM);
    }

    public InetSocketAddress direct() {
        return Doors.direct(context);
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
            return client.get(target, "X-PBTS-Client-Address: " + address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> upload(byte[] torrent, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(control("/api/v1/torrents"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(torrent));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> read(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(control(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> postJson(String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(control(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
