package io.pbts.reputation;

import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestPostgres;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it runs, on a free port and a real database, spoken to by HTTP and nothing else. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"pbts.public-url=http://tracker.example:8000", "pbts.feed.max-items=10000"})
@ActiveProfiles("production")
public abstract class RunningService {
    public static final String PASSKEY_KEY = "5b".repeat(32);
    protected static final TestPostgres DATABASE = QuietPostgres.create();
    protected static final Neighbourhood NEIGHBOURS = new Neighbourhood();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        DATABASE.register(registry);
        NEIGHBOURS.register(registry);
        registry.add("pbts.passkey-key", () -> PASSKEY_KEY);
    }

    protected Reply get(String path) {
        return new ServiceClient(port).get(path);
    }

    protected Reply post(String path, String json) {
        return post(path, json, "application/json");
    }

    protected Reply post(String path, String body, String contentType) {
        return new ServiceClient(port).post(path, body, contentType);
    }
}
