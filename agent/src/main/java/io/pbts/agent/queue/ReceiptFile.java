package io.pbts.agent.queue;

import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.tuweni.bytes.Bytes;

/**
 * Receipts one after the other: u32 length, u32 CRC-32C, and a binary report of what came with one signature. What a crash has cut off at the
 * end is as if it had never been written.
 */
final class ReceiptFile implements AutoCloseable {

    private static final int HEAD = 8;
    private static final int MAX_LENGTH = 4096;

    private final FileChannel channel;

    private ReceiptFile(FileChannel channel) {
        this.channel = channel;
    }

    static ReceiptFile create(Path file) throws IOException {
        return new ReceiptFile(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    void append(StatedReport part) throws IOException {
        Bytes report = BinaryReport.encode(part);
        ByteBuffer out = ByteBuffer.allocate(HEAD + report.size());
        out.putInt(report.size()).putInt(checksum(report)).put(report.toArrayUnsafe());
        out.flip();
        long begin = channel.position();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            // Half a receipt would hide those that come after it.
            channel.truncate(begin);
            throw e;
        }
    }

    private static int checksum(Bytes bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.toArrayUnsafe());
        return (int) sum.getValue();
    }

    /** All whole parts of a file. */
    static List<StatedReport> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        List<StatedReport> parts = new ArrayList<>();
        while (in.remaining() >= HEAD) {
            int length = in.getInt();
            int sum = in.getInt();
            if (length < 1 || length > MAX_LENGTH || length > in.remaining()) {
                break;
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            Bytes report = Bytes.wrap(bytes);
            if (checksum(report) != sum) {
                break;
            }
            try {
                parts.add(BinaryReport.decode(report, ReceiptPolicy.MAX_BATCH));
            } catch (LayoutException e) {
                break;
            }
        }
        return parts;
    }

    /** Survives a loss of power from now on. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
