package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torrents on their way into the tracker's registry. */
class PublishTest {
    @TempDir
    private Path home;

    private TestWorld agent;
    private FakeTracker tracker;
    private Path data;
    private Path torrent;

    @BeforeEach
    void settle() throws IOException {
        tracker = new FakeTracker();
        agent = new TestWorld(home).withKey();
        agent.run("register", "--tracker", tracker.url(), "--user-id", "alice");
        data = Files.write(home.resolve("data.bin"), new byte[100_000]);
        torrent = home.resolve("data.bin.torrent");
    }

    @AfterEach
    void end() {
        tracker.close();
    }

    private String hash() throws Exception {
        return Metainfo.parse(Files.readAllBytes(torrent))
                .v1()
                .orElseThrow()
                .infoHash()
                .hex();
    }

    @Test
    void registersWithWhatIsSaidAboutItAndPrintsAPersonalMagnet() throws Exception {
        int exit = agent.run(
                "publish",
                data.toString(),
                "--description",
                "50% & more",
                "--tag",
                "video",
                "--tag",
                "open data",
                "--licence",
                "CC-BY-4.0",
                "--json");
        assertThat(exit).as(agent.err()).isZero();
        assertThat(tracker.queries)
                .containsExactly("description=50%25%20%26%20more&tags=video&tags=open%20data&licence=CC-BY-4.0");
        assertThat(agent.told().getFirst().path("info_hash").asString()).isEqualTo(hash());
        assertThat(agent.told().getFirst().path("magnet").asString()).contains("secretpasskey");
        assertThat(Files.readString(torrent, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secretpasskey");
    }

    @Test
    void takesTheCorrectedFileWhereTheCommunityWantsItsMark() throws Exception {
        tracker.wantSource();
        assertThat(agent.run("publish", data.toString(), "--json")).isZero();
        assertThat(agent.told().getFirst().path("corrected").asBoolean()).isTrue();
        assertThat(tracker.uploaded).containsExactly(hash());
        assertThat(Metainfo.parse(Files.readAllBytes(torrent)).source()).isEqualTo(Optional.of("HERE"));
    }

    @Test
    void whatWaitsForTheOperatorHasNoMagnetYet() {
        tracker.newUploads = "pending";
        assertThat(agent.run("publish", data.toString())).isZero();
        assertThat(agent.out()).contains("pending").doesNotContain("magnet");
    }

    @Test
    void aFileThatIsThereIsKeptAndCanBeRegistered() throws Exception {
        agent.run("create-torrent", data.toString());
        byte[] before = Files.readAllBytes(torrent);
        assertThat(agent.run("publish", data.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(tracker.uploaded).isEmpty();
        assertThat(agent.run("publish", "--torrent", torrent.toString())).isZero();
        assertThat(tracker.uploaded).containsExactly(hash());
        assertThat(torrent).hasBinaryContent(before);
        assertThat(agent.run("publish", data.toString(), "--torrent", torrent.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(agent.run("publish")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTrackerThatIsDownLeavesNothingBehindSoThatTheSameCommandGoesOn() {
        tracker.close();
        assertThat(agent.run("publish", data.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(torrent).doesNotExist();
    }
}
