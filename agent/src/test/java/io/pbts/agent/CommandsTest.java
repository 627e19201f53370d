package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Folders;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    private Path home;

    private TestWorld agent;

    @BeforeEach
    void settle() {
        agent = new TestWorld(home);
    }

    private Path data(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return Files.write(home.resolve("data.bin"), bytes);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void keysLieInFilesThatOnlyTheirOwnerReads() throws IOException {
        assertThat(agent.run("init", "--json")).isZero();
        assertThat(agent.told().getFirst().path("public_key").asString()).hasSize(96);
        assertThat(agent.run("init", "--wallet")).isZero();
        for (Path file :
                new Path[] {agent.folders().blsKeystore(), agent.folders().walletKeystore()}) {
            assertThat(mode(file)).isEqualTo("rw-------");
        }
        assertThat(mode(agent.folders().config())).isEqualTo("rwx------");
        try (var files = Files.list(agent.folders().config())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aKeyIsNeverOverwritten() throws IOException {
        agent.run("init");
        String before = Files.readString(agent.folders().blsKeystore());
        assertThat(agent.run("keygen")).isEqualTo(ExitCode.FAILED);
        assertThat(agent.err()).contains("is kept");
        assertThat(agent.folders().blsKeystore()).hasContent(before);
    }

    @Test
    void foldersAreThoseOfXdg() {
        Folders given = Folders.of(Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s"), Path.of("/home/a"));
        assertThat(given).isEqualTo(new Folders(Path.of("/c/pbts"), Path.of("/s/pbts")));
        Folders usual = Folders.of(Map.of("XDG_CONFIG_HOME", "relative", "XDG_STATE_HOME", ""), Path.of("/home/a"));
        assertThat(usual).isEqualTo(new Folders(Path.of("/home/a/.config/pbts"), Path.of("/home/a/.local/state/pbts")));
    }

    @Test
    void aPasswordComesFromAFileOrStandardInputAsWell() throws IOException {
        agent.environment.clear();
        assertThat(agent.run("init")).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.err()).contains("PBTS_PASSWORD").contains("--password-file");
        assertThat(agent.typing("by hand\n").run("init", "--password-file", "-"))
                .isZero();
        Path file = Files.writeString(home.resolve("password"), "by file\nsecond line\n");
        assertThat(agent.run("init", "--wallet", "--password-file", file.toString()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--password=x", "--passkey=x", "--secret-key=x"})
    void noSecretIsTakenFromTheCommandLine(String flag) {
        assertThat(agent.run("init", flag)).isEqualTo(ExitCode.USAGE);
        assertThat(agent.err()).contains("Unknown option");
    }

    @Test
    void whoHasNoKeyIsToldHowToMakeOne() {
        assertThat(agent.run("whoami")).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.err()).contains("pbts agent init");
    }

    @Test
    void registersAndTellsWhoItIsButNotThePasskey() throws IOException {
        try (FakeTracker tracker = new FakeTracker()) {
            agent.withKey();
            assertThat(agent.run("register", "--tracker", tracker.url(), "--user-id", "alice"))
                    .isZero();
            assertThat(agent.out()).doesNotContain("secretpasskey");
            assertThat(mode(agent.folders().account())).isEqualTo("rw-------");
            assertThat(agent.folders().account()).content().contains("secretpasskey");
            assertThat(agent.run("whoami", "--json")).isZero();
            assertThat(agent.told().getFirst().path("user_id").asString()).isEqualTo("alice");
            assertThat(agent.out()).doesNotContain("secretpasskey");
            assertThat(agent.run("register", "--tracker", tracker.url(), "--user-id", "bob"))
                    .isEqualTo(ExitCode.FAILED);
            assertThat(agent.run("standing")).isZero();
            assertThat(agent.out()).contains("ratio 0.25").contains("must seed 10 more bytes");
        }
        assertThat(agent.run("standing")).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void saysWhatTheTrackerSaid() throws IOException {
        try (FakeTracker tracker = new FakeTracker()) {
            agent.withKey();
            assertThat(agent.run("register", "--tracker", tracker.url(), "--user-id", "taken"))
                    .isEqualTo(ExitCode.REFUSED);
            assertThat(agent.err()).contains("User already exists");
            assertThat(agent.folders().account()).doesNotExist();
        }
    }

    @Test
    void theWrongPasswordOpensNothing() throws IOException {
        agent.withKey();
        agent.environment.put("PBTS_PASSWORD", "another");
        assertThat(agent.run("register", "--tracker", "http://127.0.0.1:9", "--user-id", "alice"))
                .isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.err()).contains("password does not open");
    }

    @Test
    void makesATorrentAndTellsWhetherFilesAreIt() throws Exception {
        Path file = data(700_000);
        assertThat(agent.run("create-torrent", file.toString(), "--json")).isZero();
        Path torrent = home.resolve("data.bin.torrent");
        Metainfo made = Metainfo.parse(Files.readAllBytes(torrent));
        assertThat(agent.told().getFirst().path("info_hash").asString())
                .isEqualTo(made.v1().orElseThrow().infoHash().hex());
        assertThat(made.isPrivate()).isTrue();
        assertThat(agent.run("create-torrent", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(agent.run("verify", torrent.toString(), "--folder", home.toString()))
                .isZero();
        byte[] bytes = Files.readAllBytes(file);
        bytes[300_000]++;
        Files.write(file, bytes);
        assertThat(agent.run("verify", torrent.toString(), "--folder", home.toString(), "--json"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(agent.told().getFirst().path("right").asInt()).isEqualTo(2);
        assertThat(agent.run("verify", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(agent.run("verify", "nowhere.torrent")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void theHelpHasTheExitCodes() {
        assertThat(agent.run()).isZero();
        assertThat(agent.out()).contains("create-torrent").contains("the tracker cannot be reached");
        assertThat(agent.run("init", "--help")).isZero();
        assertThat(agent.run("nothing")).isEqualTo(ExitCode.USAGE);
    }

    /** As a shell does it after {@code source <(pbts agent completion)}. */
    @Test
    void aShellCompletesCommandsAndOptions() throws Exception {
        assertThat(agent.run("completion")).isZero();
        Path script = Files.writeString(home.resolve("completion"), agent.out());
        assertThat(completed(script, "pbts agent rece")).contains("receipts");
        assertThat(completed(script, "pbts agent receipts ver")).contains("verify");
        assertThat(completed(script, "pbts agent download --info")).contains("--infohash");
    }

    private static String completed(Path script, String typed) throws Exception {
        String words = "source %s; COMP_LINE='%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                        .formatted(script, typed, typed)
                + "_complete_pbts; echo \"${COMPREPLY[@]}\"";
        Process shell = new ProcessBuilder("bash", "-c", words)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }
}
