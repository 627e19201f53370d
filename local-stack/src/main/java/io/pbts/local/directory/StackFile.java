package io.pbts.local.directory;

import io.pbts.local.console.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
            return bytes().map(written -> JSON.readValue(written, StackDescription.class));
        } catch (JacksonException e) {
            throw new Trouble(path + " is of another version of PBTS, or broken; ./pbts down stops what runs there", e);
        }
    }

    /** Whether this supervisor says that its suite is up. What another one left, of whichever version, says nothing. */
    public boolean saysUp(long supervisorPid) {
        return bytes().map(JSON::readTree)
                .filter(said -> said.path("supervisor_pid").asLong(0) == supervisorPid
                        && said.path("state").asString("").equals("up"))
                .isPresent();
    }

    private Optional<byte[]> bytes() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
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
