package io.pbts.agent.cli;

import io.pbts.protocol.receipt.ReceiptDomain;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are kept (XDG Base Directory Specification): keys and accounts in one folder, what can be lost in another.
 *
 * @param config {@code $XDG_CONFIG_HOME/pbts}, else {@code ~/.config/pbts}
 * @param state {@code $XDG_STATE_HOME/pbts}, else {@code ~/.local/state/pbts}
 */
public record Folders(Path config, Path state) {

    public static Folders of(Map<String, String> environment, Path home) {
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

    public Path blsKeystore() {
        return config.resolve("bls-keystore.json");
    }

    public Path walletKeystore() {
        return config.resolve("wallet-keystore.json");
    }

    public Path account() {
        return config.resolve("account.json");
    }

    /** Receipts that the tracker has not answered for, by domain. */
    public Path receipts() {
        return state.resolve("receipts");
    }

    /** Pieces that came and are not signed for yet, where receipts count in this domain. */
    public Path unsigned(ReceiptDomain domain) {
        return state.resolve("unsigned").resolve(domain.hex());
    }

    /** Tokens of a session, which open more than the passkey does. */
    public Path session() {
        return config.resolve("session.json");
    }
}
