package io.pbts.agent.torrent;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.member.Accounts;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.Registry;
import io.pbts.agent.tracker.Registry.Details;
import io.pbts.agent.tracker.Registry.Registered;
import io.pbts.agent.tracker.TrackerApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a torrent, so that others find it and get credit for it. Needs the passkey alone, no key. */
@Command(
        name = "publish",
        description = "Registers a file or folder, or a .torrent file, with the tracker and prints the info hash and a"
                + " personal magnet link. Serving it is what seed does.")
public final class PublishCommand implements Callable<Integer> {

    private static final String APPROVED = "approved";

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private NewTorrentOptions made = new NewTorrentOptions();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    /** One of the two is registered. */
    private static final class What {
        @Parameters(paramLabel = "PATH", description = "The file or folder.")
        private @Nullable Path content;

        @Option(names = "--torrent", paramLabel = "FILE", description = "A .torrent file that is there already.")
        private @Nullable Path torrent;
    }

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the registered .torrent goes; else PATH.torrent. Must not be there yet.")
    private @Nullable Path out;

    @Option(names = "--description", paramLabel = "TEXT", description = "Up to 10,000 characters.")
    private @Nullable String description;

    @Option(names = "--tag", paramLabel = "TAG", description = "For those who look for it; may be repeated, up to 16.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--licence", paramLabel = "SPDX", description = "Such as CC-BY-4.0.")
    private @Nullable String licence;

    public PublishCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        Optional<Path> file = target();
        if (file.isPresent() && Files.exists(file.get())) {
            throw Trouble.failed(
                    "there is a file already, which is kept: %1$s (--torrent %1$s registers it)".formatted(file.get()));
        }
        byte[] torrent = torrent();
        try (TrackerApi api = new TrackerApi(account.tracker())) {
            Registry registry = api.registry(account);
            Registered registered = Asked.of(() -> registry.upload(
                    torrent, new Details(Optional.ofNullable(description), tags, Optional.ofNullable(licence))));
            if (file.isPresent()) {
                TorrentFile.create(file.get(), registered.file().toArrayUnsafe());
            }
            Optional<String> magnet = registered.state().equals(APPROVED)
                    ? Optional.of(Asked.of(() -> registry.magnet(registered.infoHash())))
                    : Optional.empty();
            tell(registered, file, magnet);
        }
        return ExitCode.OK;
    }

    /** Where the registered file goes; a file that was there is left alone unless another place is named. */
    private Optional<Path> target() {
        return Optional.ofNullable(out)
                .or(() -> Optional.ofNullable(what.content).map(content -> Path.of(content + ".torrent")));
    }

    private byte[] torrent() throws IOException {
        Path given = what.torrent;
        if (given == null) {
            return made.create(Optional.ofNullable(what.content).orElseThrow(), Optional.empty());
        }
        var _ = TorrentFile.read(given);
        return Files.readAllBytes(given);
    }

    private void tell(Registered registered, Optional<Path> file, Optional<String> magnet) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("info_hash", registered.infoHash());
        fields.put("state", registered.state());
        fields.put("corrected", registered.corrected());
        StringBuilder text = new StringBuilder("info hash  ").append(registered.infoHash());
        text.append("%nstate      ".formatted()).append(registered.state());
        if (registered.corrected()) {
            text.append(
                    "%nthe tracker put its mark in, which makes it another torrent than the one made here".formatted());
        }
        file.ifPresent(path -> {
            fields.put("file", path.toString());
            text.append("%nfile       ".formatted()).append(path);
        });
        magnet.ifPresent(link -> {
            fields.put("magnet", link);
            text.append("%nmagnet     ".formatted()).append(link);
            text.append("%nThe magnet link holds your passkey: keep it to yourself.".formatted());
        });
        output.result(world.out(), "published", fields, text.toString());
    }
}
