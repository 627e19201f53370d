package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code -Dpbts.settings.update=true} writes the document anew. */
class SettingsDocumentTest {
    private static final String DOCUMENT = "docs/settings.md";
    private static final String HEAD = """
            # Settings

            Every property of the suite with its default, made from the sources (`SettingsDocumentTest` fails when it is not what they say). As an
            environment variable: upper case, `_` for `.`, `-` left out (`pbts.pool.max-connections` is `PBTS_POOL_MAXCONNECTIONS`). Those that have a name of their
            own, and what they are for: [architecture.md](architecture.md#settings).
            """;

    @Test
    void isWhatTheSourcesSay() throws IOException {
        var text = new StringBuilder(HEAD);
        for (String module : Stream.concat(Stream.of("service-support"), ServiceFacts.SERVICES.stream())
                .toList()) {
            List<SettingsSource.Setting> settings = SettingsSource.of(module);
            assertThat(settings).as(module).isNotEmpty();
            text.append("\n## ")
                    .append(module.equals("service-support") ? "All services" : module)
                    .append("\n\n| property | type | default | |\n|---|---|---|---|\n");
            for (SettingsSource.Setting setting : settings) {
                text.append("| `%s` | `%s` | %s | %s |%n"
                        .formatted(
                                setting.name(),
                                setting.type(),
                                setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`",
                                setting.meaning()));
            }
        }
        if (Boolean.getBoolean("pbts.settings.update")) {
            Files.writeString(Checkout.ROOT.resolve(DOCUMENT), text);
        }
        assertThat(Checkout.text(DOCUMENT)).isEqualTo(text.toString());
    }
}
