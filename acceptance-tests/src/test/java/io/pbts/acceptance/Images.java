package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Folders in the place of images: what a stage of the Dockerfile puts into one, from the jars that the build made. A build that
 * is made again is another image, as after a change. That the stages themselves are right is shown by others.
 */
final class Images {
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM \\S+ AS (\\S+)$");

    private final Path folder;
    private final Path secrets;
    private final Map<String, Image> tagged = new HashMap<>();
    private final AtomicInteger builds = new AtomicInteger();

    /**
     * What was built.
     *
     * @param target the stage of the Dockerfile
     * @param service the build argument; empty for a stage that has none
     */
    record Image(String target, String service, Path folder) {}

    /**
     * No images yet.
     *
     * @param folder an empty one
     * @param secrets what an image of secrets finds at {@code /secrets}
     */
    Images(Path folder, Path secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    /**
     * Builds a stage.
     *
     * @param context with the Dockerfile
     * @param service the build argument; empty for a stage that has none
     */
    void build(Path context, String target, String service, String tag) {
        try {
            String dockerfile = Files.readString(context.resolve("Dockerfile"));
            if (STAGE.matcher(dockerfile).results().noneMatch(stage -> stage.group(1)
                    .equals(target))) {
                throw new StandIns.UnknownCommand("no stage " + target + " in the Dockerfile");
            }
            Path image = Files.createDirectory(
                    folder.resolve(tag.replaceAll("[^a-z0-9.]", "-") + "-" + builds.incrementAndGet()));
            switch (target) {
                case "service" -> extract(ServiceJar.of(service).file(), image);
                case "secrets" -> {
                    copy(Stack.HOME.resolve("local-stack/target"), image);
                    String script = Files.readString(context.resolve("deployment/hand-over.sh"));
                    Files.writeString(
                            image.resolve("hand-over.sh"),
                            script.replace("/opt/local-stack", image.toString())
                                    .replace("/secrets", secrets.toString()));
                }
                case "chain" -> {}
                default -> throw new StandIns.UnknownCommand("stage " + target);
            }
            tagged.put(tag, new Image(target, service, image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String tag) {
        return tagged.containsKey(tag);
    }

    /** The image of that name, which must have been built. */
    Image find(String tag) {
        Image image = tagged.get(tag);
        if (image == null) {
            throw new AssertionError("no image " + tag + " was built");
        }
        return image;
    }

    private static void extract(Path jar, Path image) throws IOException {
        Path copy = Files.copy(jar, image.resolveSibling("service.jar"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Shell.run(
                        image,
                        Duration.ofMinutes(2),
                        Map.of(),
                        List.of(
                                java,
                                "-Djarmode=tools",
                                "-jar",
                                copy.toString(),
                                "extract",
                                "--force",
                                "--destination",
                                image.toString()))
                .succeeded();
        Files.delete(copy);
    }

    private static void copy(Path from, Path image) throws IOException {
        try (var jars = Files.newDirectoryStream(from, "local-stack-*.jar")) {
            for (Path file : jars) {
                Files.copy(file, image.resolve("local-stack.jar"));
            }
        }
        Shell.run(
                        "cp",
                        "-R",
                        from.resolve("lib").toString(),
                        image.resolve("lib").toString())
                .succeeded();
    }
}
