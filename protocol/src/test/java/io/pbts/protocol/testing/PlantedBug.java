package io.pbts.protocol.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A known mistake that somebody could make again, and the tests that must notice.
 *
 * @param tests {@code class#method}; each must fail by itself
 */
public record PlantedBug(String name, List<Edit> edits, List<String> tests) {

    /**
     * A change of one place.
     *
     * @param file from the checkout's root
     * @param original what stands there exactly once
     */
    public record Edit(String file, String original, String mistake) {
        /** @throws IllegalStateException when the code has moved on: the mistake cannot be made like this any more */
        String applied(Path root) {
            try {
                String text = Files.readString(root.resolve(file));
                int at = text.indexOf(original);
                if (at < 0 || text.indexOf(original, at + 1) >= 0) {
                    throw new IllegalStateException("%s has not exactly once: %s"
                            .formatted(file, original.lines().findFirst().orElse("")));
                }
                return text.replace(original, mistake);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public PlantedBug {
        edits = List.copyOf(edits);
        tests = List.copyOf(tests);
    }

    /** A mistake in one place that one test must notice. */
    public static PlantedBug of(String name, String file, String original, String mistake, String... tests) {
        return new PlantedBug(name, List.of(new Edit(file, original, mistake)), List.of(tests));
    }

    /** Refuses a bug whose code has moved on. */
    public void requirePlantable() {
        edits.forEach(edit -> edit.applied(PlantedCheckout.ROOT));
    }

    @Override
    public String toString() {
        return name;
    }
}
