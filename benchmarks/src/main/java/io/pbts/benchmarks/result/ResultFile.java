package io.pbts.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file of one bench, for those who compare runs. */
public final class ResultFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path path;

    /** @param folder made when it is not there */
    public ResultFile(Path folder, String bench) {
        this.path = folder.resolve(bench + ".json");
    }

    record Results(String machine, String commit, List<Row> rows) {}

    public Path write(String machine, String commit, List<Row> rows) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.write(path, JSON.writeValueAsBytes(new Results(machine, commit, rows)));
    }
}
