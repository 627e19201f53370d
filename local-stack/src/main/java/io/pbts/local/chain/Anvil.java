package io.pbts.local.chain;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Starter;
import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The development chain: Foundry's anvil, started as the native binary inside its npm package. The npm shim would outlive a
 * kill -9 and keep the port.
 */
public final class Anvil {
    public static final String NAME = "anvil";
    public static final int CHAIN_ID = 31337;
    /** anvil's first well-known account: funded on every dev chain, refused by contract-service on any other. */
    public static final String DEV_KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static final Duration START = Duration.ofSeconds(30);

    private final Path binary;
    private final int port;
    private final JsonRpc rpc;
    private final ChainFile file;

    public Anvil(Path binary, int port, Path folder, HttpClient http) {
        this.binary = binary;
        this.port = port;
        this.rpc = new JsonRpc(http, URI.create(url()));
        this.file = new ChainFile(folder);
    }

    /** The binary of this machine below {@code contracts/node_modules}. */
    public static Path binary(Path contracts) {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
        Path binary = contracts.resolve("node_modules/@foundry-rs/anvil-%s-%s/bin/anvil".formatted(system, machine));
        if (!Files.isExecutable(binary)) {
            throw new Trouble("no anvil at " + binary + ": run npm ci --ignore-scripts in " + contracts);
        }
        return binary;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it and loads the saved chain, if there is one, before anybody else can ask it. */
    public RunningProcess start(Starter starter, DataDirectory directory) {
        // Its home is ours: anvil writes old states there and would leave them in the user's own home.
        var spec = ProcessSpec.of(
                NAME, command(), Map.of("HOME", directory.chain().toString()), directory.chain(), directory.log(NAME));
        RunningProcess anvil = starter.start(spec);
        if (!Waiting.until(() -> answers() || !anvil.alive(), START) || !anvil.alive()) {
            throw new Trouble("anvil did not start; the end of %s:\n%s"
                    .formatted(anvil.log().path(), String.join("\n", anvil.log().tail())));
        }
        if (file.exists()) {
            try {
                file.load(rpc);
            } catch (IOException e) {
                throw new Trouble("cannot load the saved chain: " + e.getMessage(), e);
            }
        }
        return anvil;
    }

    /** What keeps the file up to date while the chain runs. */
    public ChainSaver saver() {
        return new ChainSaver(rpc, file, head());
    }

    public long head() {
        try {
            return rpc.quantity("eth_blockNumber");
        } catch (IOException e) {
            throw new Trouble("the chain does not answer: " + e.getMessage(), e);
        }
    }

    private boolean answers() {
        try {
            return rpc.quantity("eth_chainId") == CHAIN_ID;
        } catch (IOException e) {
            return false; // still starting
        }
    }

    private List<String> command() {
        return List.of(
                binary.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--chain-id",
                Integer.toString(CHAIN_ID),
                "--block-time",
                "1",
                "--slots-in-an-epoch",
                "1",
                "--enable-tx-gas-limit",
                "--no-request-size-limit", // a saved chain is longer than the usual 2 MB
                "--silent"); // a line per block would fill the disk
    }
}
