package io.pbts.deployment;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The properties that a module declares, read from the sources of its {@code @ConfigurationProperties} records. */
final class SettingsSource {
    /**
     * @param name as in a properties file
     * @param standard the default, empty when it has none
     * @param meaning what the record's documentation says of it
     */
    record Setting(String name, String type, String standard, String meaning) {}

    private final DocTrees documentation;
    private final Map<String, Setting> settings = new TreeMap<>();

    private SettingsSource(DocTrees documentation) {
        this.documentation = documentation;
    }

    /** Sorted by name. */
    static List<Setting> of(String module) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(Checkout.ROOT.resolve(module).resolve("src/main/java"))) {
            List<Path> sources = all.filter(file -> file.toString().endsWith("Properties.java"))
                    .sorted()
                    .toList();
            var task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            var source = new SettingsSource(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                unit.getTypeDecls().stream()
                        .filter(type -> type instanceof ClassTree)
                        .forEach(type -> source.read(unit, (ClassTree) type));
            }
            return List.copyOf(source.settings.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompilationUnitTree unit, ClassTree type) {
        type.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("ConfigurationProperties"))
                .findFirst()
                .ifPresent(annotation -> components(unit, type, valueOf(annotation) + "."));
    }

    private void components(CompilationUnitTree unit, ClassTree type, String prefix) {
        String text = commentOf(unit, type);
        for (VariableTree component : fields(type)) {
            String name = prefix + kebab(component.getName().toString());
            ClassTree group = nested(type, component.getType().toString());
            if (group != null) {
                components(unit, group, name + ".");
                continue;
            }
            String standard = component.getModifiers().getAnnotations().stream()
                    .filter(annotation ->
                            annotation.getAnnotationType().toString().equals("DefaultValue"))
                    .map(SettingsSource::valueOf)
                    .findFirst()
                    .orElse("");
            settings.put(
                    name,
                    new Setting(
                            name,
                            component.getType().toString().replaceAll("@\\w+(\\([^)]*\\))? *", ""),
                            standard,
                            parameter(text, component.getName().toString())));
        }
    }

    private static List<VariableTree> fields(ClassTree type) {
        List<VariableTree> fields = new ArrayList<>();
        type.getMembers().forEach(member -> {
            if (member instanceof VariableTree field
                    && field.getModifiers().getFlags().stream()
                            .noneMatch(flag -> flag.toString().equals("static"))) {
                fields.add(field);
            }
        });
        return fields;
    }

    private static ClassTree nested(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(member -> member instanceof ClassTree inner
                        && inner.getKind() == Kind.RECORD
                        && inner.getSimpleName().contentEquals(name))
                .map(member -> (ClassTree) member)
                .findFirst()
                .orElse(null);
    }

    private static String valueOf(AnnotationTree annotation) {
        return annotation.getArguments().stream()
                .map(argument ->
                        argument instanceof com.sun.source.tree.AssignmentTree named ? named.getExpression() : argument)
                .map(argument -> argument instanceof LiteralTree literal
                        ? String.valueOf(literal.getValue())
                        : argument.toString())
                .collect(Collectors.joining(", "));
    }

    private String commentOf(CompilationUnitTree unit, ClassTree type) {
        String text = documentation.getDocComment(TreePath.getPath(unit, type));
        return text == null ? "" : text;
    }

    /** What {@code @param} says of a component, in one line. */
    private static String parameter(String comment, String name) {
        var found = Pattern.compile("@param " + name + "\\s+(.*?)(?=\\n\\s*@|\\z)", Pattern.DOTALL)
                .matcher(comment);
        return found.find()
                ? found.group(1)
                        .replaceAll("\\s+", " ")
                        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                        .replace("|", "\\|")
                        .strip()
                : "";
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
