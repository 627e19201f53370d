package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A chain that an operator brings along: another number than the development chain's, with a factory on it and an account with
 * funds.
 */
record OwnChain(Container node, String rpcUrl, String factory, String settlerKey) implements AutoCloseable {
    static final int ID = 4_242;
    /** The account that anvil gives funds first; services refuse it as everybody's. */
    private static final String DEPLOYER = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    /**
     * Starts one.
     *
     * @param checkout of an operator, who gets the contracts' folder there
     */
    static OwnChain start(Path checkout) {
        try {
            int port = FreePort.next();
            List<String> command = List.of(
                    Chain.foundry("anvil").toString(),
                    "--port",
                    String.valueOf(port),
                    "--chain-id",
                    String.valueOf(ID),
                    "--block-time",
                    "1",
                    "--slots-in-an-epoch",
                    "1",
                    "--enable-tx-gas-limit",
                    "--silent");
            List<String> ready = List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port);
            Container node = Container.start(
                    "own-chain", new Container.Launch(command, Map.of(), Map.of(), ready, "TERM"), checkout);
            node.awaitReady();
            String rpcUrl = "http://127.0.0.1:" + port;
            String factory = deployFactory(rpcUrl, Files.createDirectory(checkout.resolve("contracts")));
            return new OwnChain(node, rpcUrl, factory, fundedKey(rpcUrl));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.kill();
    }

    /** A key that nobody else knows, with 100 ether: 64 hex digits. */
    private static String fundedKey(String rpcUrl) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        String hex = HexFormat.of().formatHex(key);
        String cast = Chain.foundry("cast").toString();
        String address = Shell.run(cast, "wallet", "address", "--private-key", "0x" + hex)
                .succeeded()
                .output()
                .strip();
        Shell.run(cast, "send", "--rpc-url", rpcUrl, "--private-key", DEPLOYER, "--value", "100ether", address)
                .succeeded();
        return hex;
    }

    /** By the script that operators have, in a folder that is not the one of this build, because it writes beside itself. */
    private static String deployFactory(String rpcUrl, Path copy) throws IOException {
        Path contracts = Stack.HOME.resolve("contracts");
        for (String part : List.of("node_modules", "src", "script", "tools", "foundry.toml")) {
            Files.createSymbolicLink(copy.resolve(part), contracts.resolve(part));
        }
        Path script = Files.copy(contracts.resolve("deploy_factory.sh"), copy.resolve("deploy_factory.sh"));
        String printed = Shell.run(
                        copy,
                        Duration.ofMinutes(5),
                        Map.of("RPC", rpcUrl, "PK0", DEPLOYER),
                        List.of("sh", script.toString()))
                .succeeded()
                .output();
        return printed.lines()
                .filter(line -> line.startsWith("FACTORY="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(printed))
                .substring("FACTORY=".length());
    }
}
