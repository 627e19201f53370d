package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The step of the Dockerfile that takes a jar apart, as it runs there, where no Docker is at hand. */
class ImageLayersIT {
    static final List<String> SERVICES = ServiceJar.SERVICES;

    private static final Pattern COPIED = Pattern.compile("(?m)^COPY --from=layers /layers/([a-z-]+)/ ");

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theLayersThatTheImageCopiesAreAllOfTheService(String service) throws IOException {
        Path jar = Files.copy(ServiceJar.of(service).file(), folder.resolve("service.jar"));
        Path layers = folder.resolve("layers");
        java("-Djarmode=tools", "-jar", jar.toString(), "extract", "--layers", "--destination", layers.toString());
        Set<String> copied = copied();
        assertThat(namesIn(layers).filter(layer -> holdsFiles(layers.resolve(layer))))
                .as("layers with something in them")
                .isSubsetOf(copied);
        Path image = Files.createDirectory(folder.resolve("image"));
        for (String layer : copied) {
            copy(layers.resolve(layer), image);
        }
        try (JarFile extracted = new JarFile(image.resolve("service.jar").toFile())) {
            String needed = extracted.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(needed.split(" "))
                    .allSatisfy(library -> assertThat(image.resolve(library)).isRegularFile());
        }
        assertThat(namesIn(image.resolve("lib")))
                .containsAll(ServiceJar.of(service).libraries().keySet().stream()
                        .filter(name -> !name.startsWith("spring-boot-jarmode-tools-"))
                        .toList());
    }

    @Test
    void bothStagesOfTheImageCopyTheSameLayers() throws IOException {
        String dockerfile = Files.readString(Stack.HOME.resolve("Dockerfile"));
        Map<String, Long> times = COPIED.matcher(dockerfile)
                .results()
                .collect(Collectors.groupingBy(found -> found.group(1), Collectors.counting()));
        assertThat(times).isNotEmpty().allSatisfy((_, count) -> assertThat(count)
                .isEqualTo(2));
    }

    private static Set<String> copied() throws IOException {
        return COPIED.matcher(Files.readString(Stack.HOME.resolve("Dockerfile")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void java(String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                Stream.concat(Stream.of(java.toString()), Stream.of(arguments)).toList();
        Shell.run(folder, Duration.ofMinutes(2), Map.of(), command).succeeded();
    }

    private static Stream<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static boolean holdsFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
