package io.pbts.local.directory;

import io.pbts.local.console.Trouble;
import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One supervisor per data directory. The kernel releases the lock when its holder dies, however it dies. */
public final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private InstanceLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** The lock, or empty when another process holds it for longer than that. */
    public static Optional<InstanceLock> take(DataDirectory directory, Duration patience) {
        try {
            FileChannel channel = FileChannel.open(
                    directory.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var taken = new Attempt(channel);
            if (Waiting.until(taken::succeeds, patience) && taken.lock != null) {
                return Optional.of(new InstanceLock(channel, taken.lock));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new Trouble("cannot lock the data directory " + directory.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new Trouble("cannot unlock the data directory: " + e.getMessage(), e);
        }
    }

    private static final class Attempt {
        private final FileChannel channel;
        private @Nullable FileLock lock;

        private Attempt(FileChannel channel) {
            this.channel = channel;
        }

        private boolean succeeds() {
            try {
                lock = channel.tryLock();
                return lock != null;
            } catch (OverlappingFileLockException e) {
                return false; // this very process holds it
            } catch (IOException e) {
                throw new Trouble("cannot lock the data directory: " + e.getMessage(), e);
            }
        }
    }
}
