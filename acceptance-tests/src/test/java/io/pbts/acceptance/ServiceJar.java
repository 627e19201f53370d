package io.pbts.acceptance;

import io.pbts.protocol.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is shipped of a service: one jar with its libraries and a bill of them (CycloneDX 1.6). */
record ServiceJar(String service, Path file) {
    static final List<String> SERVICES =
            List.of("announce-service", "contract-service", "gateway-service", "receipt-service", "reputation-service");

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** The jar that the build made last. */
    static ServiceJar of(String service) {
        return in(Stack.HOME, service);
    }

    /** The same of another checkout. */
    static ServiceJar in(Path home, String service) {
        try (Stream<Path> files = Files.list(home.resolve(service).resolve("target"))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches(service + "-[0-9][^/]*(?<!-tests)\\.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new AssertionError("not one jar of " + service + ": " + jars);
            }
            return new ServiceJar(service, jars.getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 in hex of each library, by its file name. */
    Map<String, String> libraries() throws IOException {
        Map<String, String> found = new HashMap<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().filter(ServiceJar::isLibrary).toList()) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    found.put(entry.getName().substring(LIBRARIES.length()), sha256(bytes.readAllBytes()));
                }
            }
        }
        return found;
    }

    private static boolean isLibrary(ZipEntry entry) {
        return entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar");
    }

    BillOfMaterials bill() throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            ZipEntry bill = jar.getEntry("META-INF/sbom/application.cdx.json");
            if (bill == null) {
                throw new AssertionError(service + " has no bill of materials");
            }
            try (InputStream bytes = jar.getInputStream(bill)) {
                JsonNode json = JsonMapper.shared().readTree(bytes);
                return BillOfMaterials.of(json);
            }
        }
    }

    String sha256() throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    private static String sha256(byte[] bytes) {
        return Sha256.hash(Bytes.wrap(bytes)).toUnprefixedHexString();
    }
}
