package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    /** What a build makes inside the image and no checkout has. */
    private static final Set<String> FINAL = Set.of("service", "secrets", "chain", "quick-look");

    private final Dockerfile file = Dockerfile.read(Checkout.text("Dockerfile"));

    @Test
    void basesAreExactVersions() {
        assertThat(file.bases()).isNotEmpty().allSatisfy(base -> assertThat(base)
                .matches("[a-z0-9./-]+(:\\d+\\.\\d+[A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})")
                .doesNotContain("latest"));
    }

    @Test
    void everythingCopiedExists() throws IOException {
        for (Dockerfile.Stage stage : file.stages()) {
            for (Dockerfile.Instruction copy : stage.all("COPY").toList()) {
                if (copy.option("from").isPresent()) {
                    assertThat(file.stageNames())
                            .as("COPY %s", copy.rest())
                            .contains(copy.option("from").orElseThrow());
                } else {
                    for (String source : copy.sources()) {
                        assertThat(exists(source)).as(source).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theBuildMakesWhatIsCopiedFromIt() {
        String build = file.stage("jars").last("RUN").orElseThrow().rest();
        Stream.concat(ServiceFacts.SERVICES.stream(), Stream.of("local-stack"))
                .forEach(module -> assertThat(build).contains(module));
        assertThat(file.stage("layers").last("RUN").orElseThrow().rest())
                .contains("/src/${SERVICE}/target/", "-Djarmode=tools", "extract --layers");
    }

    @Test
    void eachStageThatNamesAServiceDeclaresTheArgument() {
        for (Dockerfile.Stage stage : file.stages()) {
            boolean uses = stage.instructions().stream()
                    .anyMatch(instruction -> instruction.rest().contains("${SERVICE}"));
            if (uses) {
                assertThat(stage.all("ARG").map(Dockerfile.Instruction::rest))
                        .as(stage.name())
                        .containsExactly("SERVICE=gateway-service");
            }
        }
    }

    @Test
    void nothingThatRunsIsRoot() {
        assertThat(file.stageNames()).containsAll(FINAL);
        for (String name : FINAL) {
            assertThat(file.stage(name).last("USER").orElseThrow().rest())
                    .as(name)
                    .isEqualTo("10001:10001");
        }
    }

    @Test
    void imagesHaveNoHealthCheckOfTheirOwn() {
        assertThat(file.stages())
                .allSatisfy(stage -> assertThat(stage.all("HEALTHCHECK")).isEmpty());
    }

    /** A cache that was made with other flags, or of other files, is one that the JVM does not take. */
    @Test
    void theStartUpCacheIsMadeAsTheServiceIsStarted() {
        Dockerfile.Stage service = file.stage("service");
        List<String> start = service.command("ENTRYPOINT");
        assertThat(start).contains("-XX:AOTCache=/opt/pbts/startup.aot", "/opt/pbts/service.jar");
        assertThat(Dockerfile.cacheFlags(String.join(" ", start)))
                .hasSize(3)
                .isEqualTo(Dockerfile.cacheFlags(Checkout.text("deployment/train.sh")));
        Dockerfile.Stage training = file.stage("training");
        for (String layer : List.of("dependencies", "snapshot-dependencies", "application")) {
            assertThat(service.all("COPY").map(Dockerfile.Instruction::rest))
                    .contains("--from=layers /layers/%s/ ./".formatted(layer));
            assertThat(training.all("COPY").map(Dockerfile.Instruction::rest))
                    .contains("--from=layers /layers/%s/ /opt/pbts/".formatted(layer));
        }
        assertThat(service.last("WORKDIR").orElseThrow().rest()).isEqualTo("/opt/pbts");
        assertThat(training.all("COPY").map(Dockerfile.Instruction::rest))
                .contains("--from=%s /opt/java/openjdk /opt/java/openjdk".formatted(service.base()));
    }

    @Test
    void noSecretAndNothingBuiltEntersTheBuild() {
        List<String> ignored = Checkout.text(".dockerignore").lines().toList();
        assertThat(ignored).contains(".pbts", ".git", "**/target", "**/node_modules");
        assertThat(Checkout.text(".dockerignore")).doesNotContain("!");
    }

    @Test
    void theQuickLookIsAnnouncedWithThePortsThatItOpens() {
        assertThat(file.stage("quick-look").last("EXPOSE").orElseThrow().words())
                .containsExactly("8000", "6969/tcp", "6969/udp");
        assertThat(file.stage("quick-look").command("ENTRYPOINT"))
                .containsExactly("./pbts", "up", "--profile", "production");
        assertThat(file.stage("quick-look").all("RUN").map(Dockerfile.Instruction::rest))
                .as("initdb refuses a user without a name")
                .anyMatch(run -> run.contains("useradd --uid 10001"));
    }

    private static boolean exists(String source) throws IOException {
        if (Files.exists(Checkout.ROOT.resolve(source))) {
            return true;
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + source);
        try (Stream<Path> files = Files.list(Checkout.ROOT)) {
            return files.anyMatch(file -> matcher.matches(file.getFileName()));
        }
    }
}
