package io.pbts.local.demo;

import io.pbts.local.demo.Cast.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Alpha shares a video that it made. */
final class Seeding implements Act {
    static final int BYTES = 64 << 20;

    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "Data seeding";
    }

    @Override
    public void play(Stage stage, Cast cast) {
        Path video = cast.alpha.home().resolve("cooking_video.avi");
        try {
            Video.write(video, BYTES);
            stage.prove("%s is a video of 64 MiB".formatted(video), Files.size(video) == BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String infoHash = seed(stage, cast, video);
        cast.share(new Shared(video, infoHash));
        JsonNode entry = cast.tracker().torrent(infoHash, cast.alpha.passkey());
        stage.say("Alpha seeds it: info hash %s, %d pieces of %d KiB"
                .formatted(
                        infoHash,
                        entry.path("piece_count").asInt(),
                        entry.path("piece_length").asLong() >> 10));
    }

    /** Has Alpha seed the file, and shows that the tracker knows it for a seeder. */
    static String seed(Stage stage, Cast cast, Path file) {
        String infoHash = cast.alpha.seed(stage, file);
        stage.proveSoon(
                "the tracker's swarm has Alpha as its one seeder",
                SOON,
                () -> cast.tracker()
                        .torrent(infoHash, cast.alpha.passkey())
                        .path("complete")
                        .asInt(),
                seeders -> seeders == 1);
        return infoHash;
    }
}
