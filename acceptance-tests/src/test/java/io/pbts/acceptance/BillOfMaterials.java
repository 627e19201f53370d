package io.pbts.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The libraries that a service is made of, as its CycloneDX document says. */
record BillOfMaterials(List<Library> libraries) {

    /** Licences under which a library may be shipped with ours (MIT), by their SPDX names; Bouncy Castle's is MIT with another title. */
    static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "ISC",
            "Bouncy Castle Licence",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "UPL-1.0",
            "MPL-2.0",
            "Unlicense");

    /**
     * A library.
     *
     * @param path where a Maven repository has it
     * @param sha256 of its jar, in hex
     * @param licences one of which its user may choose, by SPDX name or, where none fits, as its author calls it
     */
    record Library(String name, String path, String sha256, List<String> licences) {
        boolean isOurs() {
            return path.startsWith("io/pbts/");
        }

        boolean isAllowed() {
            return licences.stream().anyMatch(ALLOWED::contains);
        }
    }

    static BillOfMaterials of(JsonNode document) {
        List<Library> libraries = new ArrayList<>();
        for (JsonNode component : document.path("components")) {
            libraries.add(library(component));
        }
        return new BillOfMaterials(libraries);
    }

    private static Library library(JsonNode component) {
        String group = component.path("group").asString();
        String artifact = component.path("name").asString();
        String version = component.path("version").asString();
        String classifier = component.path("purl").asString().replaceAll("^[^?]*\\??", "");
        String suffix =
                classifier.contains("classifier=") ? "-" + classifier.replaceAll(".*classifier=([^&]*).*", "$1") : "";
        String path =
                "%s/%s/%s/%s-%s%s.jar".formatted(group.replace('.', '/'), artifact, version, artifact, version, suffix);
        return new Library(group + ":" + artifact + ":" + version, path, sha256(component), licences(component));
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asString().equals("SHA-256")) {
                return hash.path("content").asString();
            }
        }
        return "";
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            licences.add(
                    licence.has("id")
                            ? licence.path("id").asString()
                            : licence.path("name")
                                    .asString(choice.path("expression").asString("")));
        }
        return licences;
    }

    /** Libraries that may not be shipped, each with what its author says of its licence. */
    List<String> refused() {
        return libraries.stream()
                .filter(library -> !library.isAllowed())
                .map(library -> library.name() + ": " + library.licences())
                .toList();
    }
}
