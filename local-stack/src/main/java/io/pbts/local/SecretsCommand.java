package io.pbts.local;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import io.pbts.local.service.ServiceSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the secrets of an installation elsewhere (containers, Kubernetes): a folder per service, as each will read it. */
@Command(
        name = "secrets",
        description = "makes what is missing of an installation's secrets; changes nothing that is there")
final class SecretsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            description = "an existing folder; gets one folder per service and the file postgres")
    private Path folder = Path.of("secrets");

    @Option(
            names = "--dev-chain",
            description = "the settler is a development chain's first account, unless a key is there")
    private boolean developmentChain;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Trouble("not a folder that can be written to: " + folder);
        }
        var store = new Secrets(folder, new SecureRandom());
        var secrets = new ServiceSecrets(store);
        secrets.prepareWithoutChain();
        store.superuser();
        if (developmentChain) {
            secrets.putDevelopmentSettlerIfNone();
        }
        Console.standard().line("secrets are in " + folder);
        return 0;
    }
}
