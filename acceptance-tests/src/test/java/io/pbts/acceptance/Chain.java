package io.pbts.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks the settlement contract as anybody can: with {@code cast call}. */
record Chain(String rpcUrl, String contract) {

    record Sizes(long download, long upload) {}

    static Chain of(Stack stack) {
        String address = Await.until(
                "the settlement contract is known",
                Duration.ofSeconds(60),
                () -> stack.gateway()
                        .get("/contract/status")
                        .expect(200)
                        .json()
                        .path("settlement_address")
                        .asString(""),
                found -> found.startsWith("0x"));
        return new Chain(stack.rpcUrl(), address);
    }

    /** Totals of a name, in bytes and without initial credit. */
    Sizes userData(String userId) {
        List<String> fields = call("getUserData(string)((string,string,bytes32,uint256,uint256))", userId)
                .lines()
                .toList();
        String[] tuple = fields.getFirst().replaceAll("[()]", "").split(",", -1);
        return new Sizes(number(tuple[3]), number(tuple[4]));
    }

    /** Whether the ledger holds the account of a name itself, and not only the ledger before it. */
    boolean isLocal(String userId) {
        String id = call("accountIdOfName(string)(bytes32)", userId).strip();
        String account = call(
                "getAccount(bytes32)((uint8,uint32,uint32,uint96,uint96,uint128,uint128,uint96,uint96,uint32))", id);
        return account.startsWith("(1,");
    }

    long number(String printed) {
        return Long.parseLong(printed.replaceAll("\\[.*", "").strip());
    }

    String call(String signature, String... arguments) {
        List<String> command = new java.util.ArrayList<>(
                List.of(foundry("cast").toString(), "call", "--rpc-url", rpcUrl, contract, signature));
        command.addAll(List.of(arguments));
        return Shell.run(Stack.HOME, Duration.ofSeconds(30), Map.of(), command)
                .succeeded()
                .output();
    }

    /** A program of Foundry, native: npm's shim would leave it behind when it is killed. */
    static Path foundry(String program) {
        Path modules = Stack.HOME.resolve("contracts/node_modules/@foundry-rs");
        try (var packages = Files.list(modules)) {
            return packages.map(each -> each.resolve("bin/" + program))
                    .filter(Files::isExecutable)
                    .filter(each -> !each.getParent().getParent().endsWith(program))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + program + " below " + modules));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
