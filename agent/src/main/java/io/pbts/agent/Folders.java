package io.pbts.agent;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are kept (XDG Base Directory Specification): keys and accounts in one folder, what can be lost in another.
 *
 * @param config {@code $XDG_CONFIG_HOME/pbts}, else {@code ~/.config/pbts}
 * @param state {@code $XDG_STATE_HOME/pbts}, else {@code ~/.local/state/pbts}
 */
record Folders(Path config, Path state) {

    static Folders of(Map<String, String> environment, Path home) {
        return new Folders(
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("pbts"),
                base(environment, "XDG_STATE_HOME", home.resolve(".local/state"))
                        .resolve("pbts"));
    }

    /** A relative path is to be ignored, says the specification. */
    private static Path base(Map<String, String> environment, String name, Path usual) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(usual);
    }

    Path blsKeystore() {
        return config.resolve("bls-keystore.json");
    }

    Path walletKeystore() {
        return config.resolve("wallet-keystore.json");
    }

    Path account() {
        return config.resolve("account.json");
    }
}
