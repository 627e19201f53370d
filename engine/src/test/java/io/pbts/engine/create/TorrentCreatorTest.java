package io.pbts.engine.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.PieceIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentCreatorTest {
    private static final int PIECE = 32 << 10;

    @TempDir
    private Path folder;

    private static Wish wish(boolean hybrid) {
        return new Wish(Optional.of("http://tracker.test/announce"), Optional.of(PIECE), Optional.of("pbts"), hybrid);
    }

    private Path write(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static byte[] sha1(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }

    @Test
    void aSingleFileIsPrivateAndHashedPieceByPiece() throws Exception {
        Path file = write("data.bin", 2 * PIECE + 5);
        Metainfo made = Metainfo.parse(TorrentCreator.create(file, wish(false)));
        assertThat(made.isPrivate()).isTrue();
        assertThat(made.name()).isEqualTo("data.bin");
        assertThat(made.announce()).contains("http://tracker.test/announce");
        assertThat(made.v2()).isEmpty();
        byte[] bytes = Files.readAllBytes(file);
        for (int piece = 0; piece < 3; piece++) {
            byte[] part = Arrays.copyOfRange(bytes, piece * PIECE, Math.min(bytes.length, (piece + 1) * PIECE));
            assertThat(made.v1()
                            .orElseThrow()
                            .pieces()
                            .hashOf(new PieceIndex(piece))
                            .bytes())
                    .isEqualTo(Bytes.wrap(sha1(part)));
        }
    }

    /** The two halves agree, or the reader would refuse them; it checks each layer against its root. */
    @Test
    void aHybridOfAFolderIsOneTorrentInBothVersions() throws Exception {
        write("set/b", 3 * PIECE + 1);
        write("set/a/one", 1);
        write("set/a/empty", 0);
        write("set/a.txt", 5 * PIECE);
        write("set/c", PIECE - 1);
        Metainfo made = Metainfo.parse(TorrentCreator.create(folder.resolve("set"), wish(true)));
        assertThat(made.v1().orElseThrow().pieces().count()).isEqualTo(1 + 5 + 4 + 1);
        assertThat(made.v2().orElseThrow().pieces().count()).isEqualTo(1 + 5 + 4 + 1);
        assertThat(made.files().stream().map(file -> String.join("/", file.path())))
                .containsExactly("a/empty", "a/one", "a.txt", "b", "c");
    }

    @Test
    void aHybridOfASingleFileIsThatFile() throws Exception {
        Path file = write("one.bin", 3 * PIECE);
        Metainfo made = Metainfo.parse(TorrentCreator.create(file, wish(true)));
        assertThat(made.files()).hasSize(1);
        assertThat(made.v2()).isPresent();
    }

    @Test
    void nothingIsNoTorrentAndALinkLeadsNowhere() throws Exception {
        Files.createDirectories(folder.resolve("none"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TorrentCreator.create(folder.resolve("none"), wish(false)))
                .withMessageContaining("no byte");
        write("linked/file", 10);
        Files.createSymbolicLink(folder.resolve("linked/link"), Path.of("/etc/passwd"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TorrentCreator.create(folder.resolve("linked"), wish(false)))
                .withMessageContaining("neither file nor folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wish(Optional.empty(), Optional.of(20_000), Optional.empty(), false));
    }
}
