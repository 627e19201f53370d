package io.pbts.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.local.directory.DataDirectory;
import io.pbts.local.service.Profile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackOptionsTest {
    private static final Path HERE = Path.of(".");

    private static StackOptions options(Profile profile, Map<String, String> environment) {
        return new StackOptions(HERE, new DataDirectory(HERE), HERE, profile, 8000, 6969, environment);
    }

    @Test
    void namesEachWayToAnnounce() {
        assertThat(options(Profile.LOCAL, Map.of()).announceUrls("http://localhost:8000", 6969))
                .containsExactly(
                        "http://localhost:8000/announce",
                        "http://localhost:6969/announce",
                        "udp://localhost:6969/announce",
                        "ws://localhost:6969/announce");
    }

    @Test
    void namesNoWayThatIsClosedAndThoseWithACertificate() {
        var environment = Map.of("PBTS_WIRE_UDP", "false", "PBTS_TRACKER_TLS_PORT", "6443");
        assertThat(options(Profile.PRODUCTION, environment).announceUrls("http://localhost:8000", 6969))
                .containsExactly(
                        "http://localhost:8000/<passkey>/announce",
                        "http://localhost:6969/<passkey>/announce",
                        "ws://localhost:6969/<passkey>/announce",
                        "https://localhost:6443/<passkey>/announce",
                        "wss://localhost:6443/<passkey>/announce");
    }
}
