package io.pbts.reputation;

import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it runs, on a free port and a real database, spoken to by HTTP and nothing else. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "pbts.public-url=http://tracker.example:8000",
            "pbts.sign-in.chain-id=31337",
            "pbts.feed.max-items=10000"
        })
@ActiveProfiles("production")
public abstract class RunningService {
    public static final String PASSKEY_KEY = "c3b1f04e9d7a52680e1f7c94ab36d85212f9e07764cd8b3aa95d10fe42687bc9";
    private static final Path SECRETS = secrets();
    protected static final TestPostgres DATABASE = QuietPostgres.create();
    protected static final Neighbourhood NEIGHBOURS = new Neighbourhood();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        DATABASE.register(registry);
        NEIGHBOURS.register(registry);
        registry.add("pbts.passkey-key", () -> PASSKEY_KEY);
        registry.add("pbts.secrets-dir", SECRETS::toString);
    }

    /** A new secrets directory, for whoever starts the service by itself. */
    public static Path secrets() {
        return TestKeys.secretsFor("reputation", Map.of("pbts.passkey-key", PASSKEY_KEY));
    }

    protected ServiceClient client() {
        return new ServiceClient(port);
    }

    /** Signs in with this key and speaks as its account from then on. */
    protected ServiceClient signedIn(Signer signer) {
        return client().as(TestSession.of(signer.signIn(client())).token());
    }

    protected Reply get(String path) {
        return client().get(path);
    }

    /** Changes something behind the service's back. Returns how many rows it was. */
    protected static int sql(String statement) {
        try (Connection superuser = DATABASE.superuser()) {
            return superuser.createStatement().executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    protected static long count(String query) {
        try (Connection superuser = DATABASE.superuser();
                ResultSet row = superuser.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    protected Reply post(String path, String json) {
        return post(path, json, "application/json");
    }

    protected Reply post(String path, String body, String contentType) {
        return client().post(path, body, contentType);
    }
}
