package io.pbts.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.receipt.UnsignedPieces.Piece;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedFileTest {
    private static final AccountKey SENDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"))
            .publicKey()
            .accountKey();
    private static final TorrentId TORRENT = TorrentId.fromHex("ab".repeat(32));

    @TempDir
    private Path folder;

    private final List<String> troubles = new ArrayList<>();

    private static Piece piece(int index) {
        return new Piece(SENDER, TORRENT, index);
    }

    private UnsignedFile open() throws IOException {
        return UnsignedFile.open(folder.resolve("state/unsigned"), troubles::add);
    }

    @Test
    void whatAKilledProcessOwedIsThereForTheNextOne() throws IOException {
        UnsignedFile killed = open();
        for (int index = 0; index < 4; index++) {
            killed.came(piece(index));
        }
        killed.came(piece(3));
        killed.signed(piece(1));
        assertThat(open().left()).containsExactly(piece(0), piece(2), piece(3));
        assertThat(open().left()).containsExactly(piece(0), piece(2), piece(3));
        assertThat(troubles).isEmpty();
    }

    @Test
    void whatIsSignedForTakesNoRoom() throws IOException {
        UnsignedFile file = open();
        for (int index = 0; index < 100; index++) {
            file.came(piece(index));
            file.signed(piece(index));
        }
        assertThat(folder.resolve("state/unsigned")).isEmptyFile();
    }

    @Test
    void aLineThatACrashCutOffTakesNoOtherAlong() throws IOException {
        UnsignedFile file = open();
        file.came(piece(1));
        file.came(piece(25));
        Path there = folder.resolve("state/unsigned");
        String text = Files.readString(there);
        Files.writeString(there, "nonsense\n" + text.substring(0, text.length() - 2));
        assertThat(open().left()).containsExactly(piece(1));
    }

    @Test
    void aDiskThatDoesNotTakeItIsTold() throws IOException {
        UnsignedFile file = open();
        Files.delete(folder.resolve("state/unsigned"));
        file.came(piece(1));
        assertThat(troubles).singleElement().asString().startsWith("cannot keep what is to be signed for");
    }
}
