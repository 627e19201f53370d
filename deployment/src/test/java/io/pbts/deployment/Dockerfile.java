package io.pbts.deployment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Dockerfile's instructions, stage by stage. */
record Dockerfile(List<Instruction> arguments, List<Stage> stages) {
    /**
     * @param word upper case
     * @param rest the text after it, continued lines joined
     */
    record Instruction(String word, String rest) {
        List<String> words() {
            return List.of(rest.trim().split("\\s+"));
        }

        /** The value of an option such as {@code --from}; empty without it. */
        Optional<String> option(String name) {
            return words().stream()
                    .filter(word -> word.startsWith("--" + name + "="))
                    .map(word -> word.substring(name.length() + 3))
                    .findFirst();
        }

        /** What is copied: every word but options and the last. */
        List<String> sources() {
            List<String> plain =
                    words().stream().filter(word -> !word.startsWith("--")).toList();
            return plain.subList(0, plain.size() - 1);
        }
    }

    record Stage(String name, String base, List<Instruction> instructions) {
        Stream<Instruction> all(String word) {
            return instructions.stream()
                    .filter(instruction -> instruction.word().equals(word));
        }

        Optional<Instruction> last(String word) {
            return all(word).reduce((_, last) -> last);
        }

        /** The words of an instruction in JSON form, such as an ENTRYPOINT's. */
        List<String> command(String word) {
            String list = last(word).orElseThrow().rest().trim();
            return Checkout.documents(list).getFirst().items().stream()
                    .map(Tree::text)
                    .toList();
        }
    }

    static Dockerfile read(String text) {
        List<Instruction> arguments = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        String joined = text.replaceAll("(?m)^#.*$", "").replaceAll("\\\\\\n", " ");
        for (String line : joined.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.trim().split("\\s+", 2);
            var instruction = new Instruction(parts[0], parts[1]);
            if (instruction.word().equals("FROM")) {
                List<String> words = instruction.words();
                stages.add(new Stage(words.getLast(), words.getFirst(), new ArrayList<>()));
            } else if (stages.isEmpty()) {
                arguments.add(instruction);
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(arguments, stages);
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage " + name));
    }

    List<String> stageNames() {
        return stages.stream().map(Stage::name).toList();
    }

    /** The default of a global argument. */
    String argument(String name) {
        return arguments.stream()
                .filter(argument -> argument.rest().startsWith(name + "="))
                .map(argument -> argument.rest().substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no argument " + name));
    }

    /** Every FROM's image that is no stage of this file. */
    List<String> bases() {
        return stages.stream()
                .map(Stage::base)
                .filter(base -> !stageNames().contains(base))
                .map(base -> base.startsWith("${") ? argument(base.substring(2, base.length() - 1)) : base)
                .distinct()
                .toList();
    }

    /** The flags that a cache depends on, in a JVM's command or in a script's text. */
    static List<String> cacheFlags(String command) {
        return Arrays.stream(command.split("[\\s\"]+"))
                .filter(word -> word.startsWith("-XX:+Use") || word.startsWith("--enable-native-access"))
                .toList();
    }
}
