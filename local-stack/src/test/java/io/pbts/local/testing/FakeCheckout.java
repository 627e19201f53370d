package io.pbts.local.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout as the stack sees it: jars of fake services, and the real contracts' tools. */
public final class FakeCheckout {
    private FakeCheckout() {}

    public static Path in(Path folder) throws IOException {
        for (String service : new String[] {"reputation", "announce", "receipt", "contract", "gateway"}) {
            Path target = Files.createDirectories(folder.resolve(service + "-service/target"));
            jar(target.resolve(service + "-service-0.1.0-SNAPSHOT.jar"));
        }
        Files.createSymbolicLink(folder.resolve("contracts"), contracts());
        return folder;
    }

    /** The real contracts folder, with anvil in its node_modules. */
    public static Path contracts() {
        return Path.of("").toAbsolutePath().resolveSibling("contracts");
    }

    /** What can be made again and is the same for every test. */
    public static Path cache() {
        return Path.of("target", "test-cache").toAbsolutePath();
    }

    public static void jar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream code = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
        }
    }
}
