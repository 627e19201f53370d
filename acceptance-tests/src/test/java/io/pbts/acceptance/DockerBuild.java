package io.pbts.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** An engine that builds images and runs nothing. */
record DockerBuild(Images images) implements StandIns.Program {
    private static final String SERVICE = "SERVICE=";

    @Override
    public String script(Path context, List<String> arguments) {
        CommandLine line = CommandLine.anywhere(arguments, Set.of(), Set.of("--target", "--build-arg", "-t"));
        if (!line.words().equals(List.of("build", "."))) {
            throw new StandIns.UnknownCommand("docker " + arguments);
        }
        String argument = line.has("--build-arg") ? line.value("--build-arg") : SERVICE;
        if (!argument.startsWith(SERVICE)) {
            throw new StandIns.UnknownCommand("docker " + arguments);
        }
        images.build(context, line.value("--target"), argument.substring(SERVICE.length()), line.value("-t"));
        return "";
    }
}
