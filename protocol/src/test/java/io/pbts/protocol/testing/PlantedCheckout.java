package io.pbts.protocol.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** The checkout and what was built of it, seen through links, but for the files of a bug: those are of its own. */
final class PlantedCheckout {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final String JAVA = "/src/main/java/";
    private static final String RESOURCES = "/src/main/resources/";

    private final Path copy;

    private PlantedCheckout(Path copy) {
        this.copy = copy;
    }

    /** A view in an empty folder. */
    static PlantedCheckout in(Path folder, PlantedBug bug) throws IOException {
        var checkout = new PlantedCheckout(folder);
        checkout.linkChildren(Path.of(""));
        checkout.own(module());
        for (PlantedBug.Edit edit : bug.edits()) {
            checkout.plant(edit);
        }
        return checkout;
    }

    /** Where this module lies in it. */
    Path folder() {
        return copy.resolve(module());
    }

    /** This JVM's class path, through the view. */
    String classPath() {
        return System.getProperty("java.class.path").replace(ROOT + "/", copy + "/");
    }

    private void plant(PlantedBug.Edit edit) throws IOException {
        String planted = edit.applied(copy); // an earlier edit may be in the same file
        write(Path.of(edit.file()), planted);
        if (edit.file().contains(JAVA)) {
            compile(edit.file());
        } else if (edit.file().contains(RESOURCES)) {
            Path built = Path.of(edit.file().replace(RESOURCES, "/target/classes/"));
            if (Files.exists(ROOT.resolve(built))) {
                write(built, planted);
            }
        }
    }

    private void compile(String file) throws IOException {
        Path out = Files.createTempDirectory(copy, "out");
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            var options = List.of("-proc:none", "-parameters", "-d", out.toString(), "-cp", classPath());
            var sources = files.getJavaFileObjects(copy.resolve(file));
            if (!compiler.getTask(null, files, diagnostics, options, null, sources)
                    .call()) {
                throw new IllegalStateException("the mistake does not compile: " + diagnostics.getDiagnostics());
            }
        }
        Path classes = Path.of(file.substring(0, file.indexOf('/')), "target", "classes");
        try (Stream<Path> compiled = Files.walk(out)) {
            for (Path from : compiled.filter(Files::isRegularFile).toList()) {
                Path to = classes.resolve(out.relativize(from));
                own(to.getParent());
                Files.deleteIfExists(copy.resolve(to));
                Files.copy(from, copy.resolve(to));
            }
        }
    }

    private void write(Path file, String text) throws IOException {
        own(file.getParent());
        Files.deleteIfExists(copy.resolve(file));
        Files.writeString(copy.resolve(file), text);
    }

    /** Makes a folder real on the whole way down, with links to what is beside. */
    private void own(Path folder) throws IOException {
        for (int depth = 1; depth <= folder.getNameCount(); depth++) {
            Path ancestor = folder.subpath(0, depth);
            if (Files.isSymbolicLink(copy.resolve(ancestor))) {
                Files.delete(copy.resolve(ancestor));
                Files.createDirectory(copy.resolve(ancestor));
                linkChildren(ancestor);
            }
        }
    }

    private void linkChildren(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(ROOT.resolve(folder))) {
            for (Path child : children.toList()) {
                Files.createSymbolicLink(copy.resolve(ROOT.relativize(child)), child);
            }
        }
    }

    private static Path module() {
        return ROOT.relativize(Path.of("").toAbsolutePath());
    }
}
