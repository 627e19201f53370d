package io.pbts.local.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    @TempDir
    Path folder;

    @Test
    void isHeldByOneAtATime() {
        var directory = new DataDirectory(folder);
        directory.prepare();
        InstanceLock first = InstanceLock.take(directory, AT_ONCE).orElseThrow();
        assertThat(InstanceLock.take(directory, AT_ONCE)).isEmpty();
        first.close();
        InstanceLock.take(directory, AT_ONCE).orElseThrow().close();
    }
}
