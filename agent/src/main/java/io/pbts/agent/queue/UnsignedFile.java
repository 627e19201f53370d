package io.pbts.agent.queue;

import io.pbts.agent.cli.PrivateFile;
import io.pbts.engine.receipt.UnsignedPieces;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.tuweni.bytes.Bytes;

/**
 * What has come and is not signed for, in a file: a line when a piece has come ({@code +}) and one when it is signed for
 * ({@code -}). It survives the end of this process, however it ends, and what a crash has cut off is as if it had never been
 * written. For one process at a time.
 */
public final class UnsignedFile implements UnsignedPieces {

    /** The newest so many outlive a process: senders that were never met again are forgotten in the end. */
    private static final int MOST = 1 << 16;

    private static final String CAME = "+";
    private static final String SIGNED = "-";

    private final Path file;
    private final Consumer<String> trouble;
    private final Set<Piece> pieces;

    private UnsignedFile(Path file, Consumer<String> trouble, Set<Piece> pieces) {
        this.file = file;
        this.trouble = trouble;
        this.pieces = pieces;
    }

    /**
     * Reads what is left, and writes it anew.
     *
     * @param trouble hears that the disk does not take it
     */
    public static UnsignedFile open(Path file, Consumer<String> trouble) throws IOException {
        Set<Piece> left = new LinkedHashSet<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> read(line, left));
        }
        List.copyOf(left).subList(0, Math.max(0, left.size() - MOST)).forEach(left::remove);
        PrivateFile.replace(file, left.stream().map(piece -> line(CAME, piece)).collect(Collectors.joining()));
        return new UnsignedFile(file, trouble, left);
    }

    private static void read(String line, Set<Piece> left) {
        String[] words = line.split(" ", -1);
        piece(words).ifPresent(piece -> {
            if (words[0].equals(SIGNED)) {
                left.remove(piece);
            } else {
                left.add(piece);
            }
        });
    }

    /** Empty when the line is none: a disk has lost it. */
    private static Optional<Piece> piece(String[] words) {
        try {
            return Optional.of(new Piece(
                    AccountKey.of(AccountKey.Kind.valueOf(words[1]), Bytes.fromHexString(words[2])),
                    TorrentId.fromHex(words[3]),
                    Integer.parseInt(words[4])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String line(String what, Piece piece) {
        AccountKey sender = piece.sender();
        return "%s %s %s %s %d\n"
                .formatted(
                        what,
                        sender.kind(),
                        sender.bytes().toUnprefixedHexString(),
                        piece.torrent().hex(),
                        piece.index());
    }

    @Override
    public List<Piece> left() {
        return List.copyOf(pieces);
    }

    @Override
    public void came(Piece piece) {
        if (pieces.add(piece)) {
            append(line(CAME, piece), StandardOpenOption.APPEND);
        }
    }

    /** When nothing is left the file is empty again. */
    @Override
    public void signed(Piece piece) {
        if (pieces.remove(piece)) {
            if (pieces.isEmpty()) {
                append("", StandardOpenOption.TRUNCATE_EXISTING);
            } else {
                append(line(SIGNED, piece), StandardOpenOption.APPEND);
            }
        }
    }

    private void append(String line, StandardOpenOption how) {
        try {
            Files.writeString(file, line, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            trouble.accept("cannot keep what is to be signed for: " + e.getMessage());
        }
    }
}
