package io.pbts.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * kubectl as the manual uses it, before a {@link Cluster}. What kubectl does without one (rendering a kustomization, making a
 * secret of files) the real one does.
 */
final class Kubectl implements StandIns.Program {
    private static final Pattern OF_SECRET = Pattern.compile("jsonpath=\\{\\.data\\.((?:\\\\\\.|[a-z0-9-])+)}");
    private static final Pattern TIME = Pattern.compile("(\\d+)([smh])");

    private final Cluster cluster;
    private final ClusterObjects objects;
    private final PortForwards forwards;
    private final String real;

    Kubectl(Cluster cluster, PortForwards forwards) {
        this.cluster = cluster;
        this.objects = cluster.objects();
        this.forwards = forwards;
        Shell.Outcome found = Shell.run("bash", "-c", "command -v kubectl");
        if (found.exitCode() != 0) {
            throw new AssertionError("no kubectl on the PATH, whose client renders manifests: install it");
        }
        this.real = found.output().strip();
    }

    @Override
    public String script(Path context, List<String> arguments) {
        CommandLine global = CommandLine.leading(arguments, Set.of(), Set.of("-n"));
        String namespace = global.options().containsKey("-n") ? global.value("-n") : "default";
        List<String> words = global.words();
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "create" -> create(context, namespace, arguments, rest);
            case "apply" -> apply(context, namespace, CommandLine.anywhere(rest, Set.of(), Set.of("-k", "-f", "-l")));
            case "delete" -> delete(namespace, CommandLine.anywhere(rest, Set.of("--ignore-not-found"), Set.of("-l")));
            case "wait" -> await(namespace, CommandLine.anywhere(rest, Set.of(), Set.of("--for", "--timeout", "-l")));
            case "rollout" -> rollout(namespace, CommandLine.anywhere(rest, Set.of(), Set.of("--timeout")));
            case "scale" -> scale(namespace, CommandLine.anywhere(rest, Set.of(), Set.of("--replicas")));
            case "get" -> get(namespace, CommandLine.anywhere(rest, Set.of(), Set.of("-o")));
            case "exec" -> exec(CommandLine.leading(rest, Set.of("-i"), Set.of()));
            case "port-forward" -> forward(namespace, CommandLine.anywhere(rest, Set.of(), Set.of()));
            default -> throw new StandIns.UnknownCommand("kubectl " + arguments);
        };
    }

    private String create(Path context, String namespace, List<String> arguments, List<String> rest) {
        CommandLine line =
                CommandLine.anywhere(rest, Set.of(), Set.of("--from-file", "--from-literal", "--dry-run", "-o"));
        boolean isSecret =
                line.words().size() == 3 && line.words().subList(0, 2).equals(List.of("secret", "generic"));
        boolean isNamespace =
                line.words().size() == 2 && line.words().getFirst().equals("namespace");
        require(isSecret || isNamespace, arguments);
        if (line.has("--dry-run")) {
            require(line.value("--dry-run").equals("client") && line.value("-o").equals("yaml"), arguments);
            return "exec " + real + " " + StandIns.quoted(arguments);
        }
        List<String> command = new ArrayList<>(List.of(real));
        command.addAll(arguments);
        command.addAll(List.of("--dry-run=client", "-o", "yaml"));
        return said(read(context, namespace, command).map(objects::create));
    }

    private String apply(Path context, String namespace, CommandLine line) {
        require(line.words().isEmpty() && line.has("-f") != line.has("-k"), line);
        if (line.has("-f") && line.value("-f").equals("-")) {
            return "input=$(mktemp); cat >\"$input\"; \"$0\" -n %s apply -f \"$input\" && rm \"$input\""
                    .formatted(StandIns.quoted(List.of(namespace)));
        }
        List<String> command =
                line.has("-k") ? List.of(real, "kustomize", line.value("-k")) : List.of("cat", line.value("-f"));
        List<ClusterObject> wanted = read(context, namespace, command)
                .filter(object -> !line.has("-l") || object.isLabelled(selector(line)))
                .toList();
        require(!wanted.isEmpty(), line);
        // What cannot be applied does not keep kubectl from the rest.
        List<String> said = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (ClusterObject object : wanted) {
            try {
                said.add(objects.apply(object));
            } catch (ClusterObjects.Refused no) {
                refused.add(String.valueOf(no.getMessage()));
            }
        }
        if (!refused.isEmpty()) {
            throw new AssertionError(String.join("\n", refused));
        }
        return said(said.stream());
    }

    private String delete(String namespace, CommandLine line) {
        require(line.words().getFirst().equals("job"), line);
        Stream<ClusterObject.Id> wanted = line.has("-l")
                ? jobs(selector(line)).stream().map(ClusterObject::id)
                : line.words().stream().skip(1).map(name -> new ClusterObject.Id(namespace, "Job", name));
        List<ClusterObject.Id> present = wanted.filter(
                        id -> objects.find(namespace, "Job", id.name()).isPresent())
                .toList();
        if (present.isEmpty() && !line.has("-l") && !line.has("--ignore-not-found")) {
            throw new ClusterObjects.Refused("(NotFound): no such job");
        }
        present.forEach(cluster::deleteJob);
        return said(present.stream().map(id -> id + " deleted"));
    }

    private String await(String namespace, CommandLine line) {
        require(line.value("--for").equals("condition=complete") && line.words().equals(List.of("job")), line);
        List<ClusterObject> jobs = jobs(selector(line));
        if (jobs.isEmpty()) {
            throw new AssertionError("error: no matching resources found");
        }
        for (ClusterObject job : jobs) {
            require(job.id().namespace().equals(namespace), line);
            patiently(line, () -> incomplete(namespace, job.name()));
        }
        return said(jobs.stream().map(job -> job.id() + " condition met"));
    }

    /** What a Job is at; empty when it is complete. One that is deleted meanwhile is an error, as one that is given up. */
    private String incomplete(String namespace, String name) {
        ClusterObject job = objects.get(namespace, "Job", name);
        return cluster.job(job.id())
                .map(run -> {
                    run.failure().ifPresent(why -> {
                        throw new AssertionError(job.id() + " " + why);
                    });
                    return run.isComplete() ? "" : run.toString();
                })
                .orElse(job.id() + " has not begun");
    }

    private String rollout(String namespace, CommandLine line) {
        require(line.words().size() == 3 && line.words().subList(0, 2).equals(List.of("status", "deployment")), line);
        String name = line.words().getLast();
        patiently(line, () -> {
            Rollout rollout = cluster.rollout(objects.get(namespace, "Deployment", name));
            return rollout.isDone() ? "" : rollout.pods().toString();
        });
        return said(Stream.of("deployment \"%s\" successfully rolled out".formatted(name)));
    }

    /** Waits until nothing is left to be waited for. */
    private void patiently(CommandLine line, Supplier<String> left) {
        Matcher time = TIME.matcher(line.value("--timeout"));
        require(time.matches(), line);
        long amount = Long.parseLong(time.group(1));
        Duration patience =
                switch (time.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
        Await.until(
                "kubectl " + line,
                patience,
                () -> {
                    cluster.requireNoTrouble();
                    return left.get();
                },
                String::isEmpty);
    }

    private String scale(String namespace, CommandLine line) {
        List<String> words = line.words();
        require(words.size() > 1 && words.getFirst().equals("deployment"), line);
        for (String name : words.subList(1, words.size())) {
            var content = (ObjectNode)
                    objects.get(namespace, "Deployment", name).content().deepCopy();
            content.withObjectProperty("spec").put("replicas", Integer.parseInt(line.value("--replicas")));
            objects.replace(new ClusterObject(content));
        }
        return said(words.stream().skip(1).map(name -> "deployment/" + name + " scaled"));
    }

    private String get(String namespace, CommandLine line) {
        if (line.words().equals(List.of("pods"))) {
            require(line.value("-o").equals("name"), line);
            List<String> pods = cluster.podNames();
            return pods.isEmpty() ? "" : said(pods.stream().map("pod/"::concat));
        }
        Matcher path = OF_SECRET.matcher(line.value("-o"));
        require(line.words().size() == 2 && line.words().getFirst().equals("secret") && path.matches(), line);
        String value = objects.get(namespace, "Secret", line.words().getLast())
                .content()
                .path("data")
                .path(path.group(1).replace("\\.", "."))
                .asString("");
        return "printf %s " + StandIns.quoted(List.of(value));
    }

    private String exec(CommandLine line) {
        List<String> words = line.words();
        require(words.size() > 2 && words.get(1).equals("--"), line);
        Pod.RunningContainer container = cluster.pods().stream()
                .filter(pod -> pod.name().equals(words.getFirst()))
                .flatMap(pod -> pod.running().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no running pod " + words.getFirst()));
        List<String> command = container.inside().command(words.subList(2, words.size()));
        return "exec " + StandIns.quoted(command) + (line.has("-i") ? "" : " </dev/null");
    }

    private String forward(String namespace, CommandLine line) {
        require(line.words().size() == 2, line);
        String[] target = line.words().getFirst().split("/", 2);
        String kind = target[0].equals("service") ? "Service" : "Deployment";
        require(kind.equalsIgnoreCase(target[0]), line);
        Pod.RunningContainer pod = cluster.podsOf(objects.get(namespace, kind, target[1])).stream()
                .flatMap(each -> each.running().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("unable to forward port: no pod is running"));
        return forwards.open(Integer.parseInt(line.words().getLast()), pod);
    }

    private List<ClusterObject> jobs(Map<String, String> labels) {
        return objects.of("Job").stream().filter(job -> job.isLabelled(labels)).toList();
    }

    /** Objects that a command prints, in this namespace where they name none. */
    private static Stream<ClusterObject> read(Path context, String namespace, List<String> command) {
        String printed = Shell.run(context, Duration.ofMinutes(1), Map.of(), command)
                .succeeded()
                .output();
        return ClusterObject.read(printed).stream().map(object -> {
            if (!object.kind().equals("Namespace")) {
                var metadata = ((ObjectNode) object.content()).withObjectProperty("metadata");
                if (!metadata.has("namespace")) {
                    metadata.put("namespace", namespace);
                }
            }
            return object;
        });
    }

    private static Map<String, String> selector(CommandLine line) {
        String[] label = line.value("-l").split("=", 2);
        require(label.length == 2, line);
        return Map.of(label[0], label[1]);
    }

    private static String said(Stream<String> lines) {
        return "printf '%s\\n' " + StandIns.quoted(lines.toList());
    }

    private static void require(boolean known, Object what) {
        if (!known) {
            throw new StandIns.UnknownCommand("kubectl " + what);
        }
    }
}
