package io.pbts.agent.member;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.PrivateFile;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.tracker.Refused;
import io.pbts.agent.tracker.Tokens;
import io.pbts.agent.tracker.TrackerApi;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The session that {@code login} opened, in a private file. A refresh token counts once, and one that is used twice ends the
 * session: so one process at a time refreshes, and what it got is on disk before it is used.
 */
final class Session {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration EARLY = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;

    private final Folders folders;
    private final Clock clock;

    Session(Folders folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
    }

    private record Kept(String access, Instant accessEnds, String refresh) {}

    void keep(Tokens tokens) throws IOException {
        Instant now = clock.instant();
        ObjectNode json = JSON.createObjectNode();
        json.put("user_id", tokens.userId());
        json.put("access_token", tokens.access());
        json.put("access_ends", now.plus(tokens.accessLife()).getEpochSecond());
        json.put("refresh_token", tokens.refresh());
        json.put("refresh_ends", now.plus(tokens.refreshLife()).getEpochSecond());
        PrivateFile.replace(
                folders.session(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    /** A token for the next seconds, renewed when that is due; empty when nobody signed in, or the session has ended. */
    Optional<String> token(TrackerApi api) throws IOException, InterruptedException {
        Optional<Kept> kept = read();
        if (kept.isEmpty() || isFresh(kept.get())) {
            return kept.map(Kept::access);
        }
        Path lock = folders.config().resolve("session.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock _ = channel.lock()) {
            // Another process may have refreshed while this one waited.
            Optional<Kept> now = read();
            if (now.isEmpty() || isFresh(now.get())) {
                return now.map(Kept::access);
            }
            return refresh(api, now.get());
        }
    }

    private Optional<String> refresh(TrackerApi api, Kept kept) throws IOException, InterruptedException {
        Tokens tokens;
        try {
            tokens = api.signIn().refresh(kept.refresh());
        } catch (Refused e) {
            if (e.status() != UNAUTHORIZED) {
                throw Trouble.refused("the tracker refused: " + e.getMessage());
            }
            Files.deleteIfExists(folders.session());
            return Optional.empty();
        } catch (IOException e) {
            throw Asked.unreachable(e);
        }
        keep(tokens);
        return Optional.of(tokens.access());
    }

    private boolean isFresh(Kept kept) {
        return clock.instant().plus(EARLY).isBefore(kept.accessEnds());
    }

    private Optional<Kept> read() throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readString(folders.session()));
            return Optional.of(new Kept(
                    json.path("access_token").asString(""),
                    Instant.ofEpochSecond(json.path("access_ends").asLong(0)),
                    json.path("refresh_token").asString("")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw Trouble.noIdentity(folders.session() + " is no session: pbts agent login opens one");
        }
    }
}
