package io.pbts.protocol.planted;

import io.pbts.protocol.testing.PlantedBug;
import io.pbts.protocol.testing.PlantedBugs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What makes "all green" mean something: with a bug, the tests that are named for it are red. */
class PlantedProtocolBugsTest {
    static final List<PlantedBug> BUGS = ProtocolBugs.ALL;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("BUGS")
    void couldStillBeMade(PlantedBug bug) {
        bug.requirePlantable();
    }

    @Tag("long")
    @Test
    void nothingIsRedWithoutABug() throws IOException {
        PlantedBugs.requireGreen(folder, BUGS);
    }

    @Tag("long")
    @ParameterizedTest
    @FieldSource("BUGS")
    void isNoticedByEachOfItsTests(PlantedBug bug) throws IOException {
        PlantedBugs.requireCaught(folder, bug);
    }
}
