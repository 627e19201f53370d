package io.pbts.local.directory;

import io.pbts.local.console.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code stack.json}: the description of the running suite. */
public final class StackFile {
    /** Snake case and indented, as the file is read by people, jq and tests. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path path;

    public StackFile(DataDirectory directory) {
        this.path = directory.stackFile();
    }

    public void write(StackDescription description) {
        new DurableFile(path).write(JSON.writeValueAsBytes(description));
    }

    public Optional<StackDescription> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(path), StackDescription.class))
                    : Optional.empty();
        } catch (JacksonException e) {
            throw new Trouble(path + " is of another version of PBTS, or broken; ./pbts down stops what runs there", e);
        } catch (IOException e) {
            throw new Trouble("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** The description as named fields, for those who add to it. */
    public static Map<String, Object> fields(StackDescription description) {
        return JSON.convertValue(description, new TypeReference<Map<String, Object>>() {});
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new Trouble("cannot delete " + path + ": " + e.getMessage(), e);
        }
    }
}
