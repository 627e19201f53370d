package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.acceptance.BillOfMaterials.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is shipped is what the bills say, under licences that allow it, and what was fetched for it is what was pinned. */
class SupplyChainIT {
    static final List<String> SERVICES = ServiceJar.SERVICES;

    /** Added by the packaging itself, with which images are made; of Spring Boot's own version. */
    private static final String PACKAGER = "spring-boot-jarmode-tools-";

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceHasTheLibrariesThatItsBillNames(String service) throws IOException {
        ServiceJar jar = ServiceJar.of(service);
        Map<String, String> shipped = jar.libraries();
        shipped.keySet().removeIf(name -> name.startsWith(PACKAGER));
        Set<String> named = jar.bill().libraries().stream().map(Library::sha256).collect(Collectors.toSet());
        Map<String, String> unnamed = new TreeMap<>(shipped);
        unnamed.values().removeAll(named);
        assertThat(unnamed).as("in the jar and not in its bill").isEmpty();
        Set<String> inTheJar = Set.copyOf(shipped.values());
        List<String> absent = jar.bill().libraries().stream()
                .filter(library -> !inTheJar.contains(library.sha256()))
                .map(Library::name)
                .filter(name -> !name.startsWith("org.springframework.boot:spring-boot-starter"))
                .toList();
        assertThat(absent)
                .as("in the bill and not in the jar; starters have no classes")
                .isEmpty();
        assertThat(shipped).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void itsLicencesAllowIt(String service) throws IOException {
        assertThat(ServiceJar.of(service).bill().refused()).isEmpty();
    }

    @Test
    void aLibraryWithoutALicenceOrWithAnotherOneIsNamed() {
        JsonNode bill = JsonMapper.shared().readTree("""
                {"components": [
                  {"group": "a", "name": "free", "version": "1", "licenses": [{"license": {"id": "MIT"}}]},
                  {"group": "a", "name": "choice", "version": "1",
                   "licenses": [{"license": {"id": "LGPL-2.1-only"}}, {"license": {"id": "EPL-2.0"}}]},
                  {"group": "a", "name": "network", "version": "1", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]},
                  {"group": "a", "name": "own", "version": "1", "licenses": [{"license": {"name": "Ask Us"}}]},
                  {"group": "a", "name": "none", "version": "1"}]}""");
        assertThat(BillOfMaterials.of(bill).refused())
                .containsExactly("a:network:1: [AGPL-3.0-only]", "a:own:1: [Ask Us]", "a:none:1: []");
    }

    @Test
    void whatIsShippedIsPinned() throws IOException {
        Map<String, String> pinned = pinned();
        Set<String> wrong = new TreeSet<>();
        for (String service : SERVICES) {
            for (Library library : ServiceJar.of(service).bill().libraries()) {
                if (!library.isOurs() && !library.sha256().equals(pinned.get(library.path()))) {
                    wrong.add(library.path());
                }
            }
        }
        assertThat(wrong).as("not in .mvn/checksums, or with another hash").isEmpty();
    }

    private static Map<String, String> pinned() throws IOException {
        Map<String, String> pinned = new HashMap<>();
        for (String line : Files.readAllLines(Stack.HOME.resolve(".mvn/checksums/checksums.sha256"))) {
            String[] hashAndPath = line.split("  ", 2);
            pinned.put(hashAndPath[1], hashAndPath[0]);
        }
        return pinned;
    }

    @Test
    void packagesOfNodeArePinned() throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.find(
                Stack.HOME,
                8,
                (file, _) -> file.endsWith("package-lock.json")
                        && !file.toString().contains("node_modules")
                        && !file.toString().contains("/.pbts/"))) {
            locks = files.toList();
        }
        assertThat(locks).hasSize(4);
        for (Path lock : locks) {
            JsonNode packages =
                    JsonMapper.shared().readTree(Files.readString(lock)).path("packages");
            for (Map.Entry<String, JsonNode> one : packages.properties()) {
                if (!one.getKey().isEmpty() && !one.getValue().path("link").asBoolean()) {
                    assertThat(one.getValue().path("integrity").asString(""))
                            .as("%s in %s", one.getKey(), lock)
                            .startsWith("sha512-");
                }
            }
        }
    }
}
