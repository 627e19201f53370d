package io.pbts.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a person may apply. */
enum Variant {
    LOCAL("overlays/local", ""),
    PRODUCTION("overlays/production", ""),
    /** The other edge, upon the local overlay. */
    GATEWAY_API("overlays/local", "components/gateway-api"),
    /** Everything on a desk that is not exclusive. */
    LOCAL_WATCHED("overlays/local", "components/monitoring components/ingress components/tracing");

    private static final Path K8S = Checkout.ROOT.resolve("k8s");

    private final String folder;
    private final String components;

    Variant(String folder, String components) {
        this.folder = folder;
        this.components = components;
    }

    Manifests render() {
        return Kustomize.render(
                K8S.resolve(folder),
                Stream.of(components.split(" ", -1))
                        .filter(component -> !component.isEmpty())
                        .map(K8S::resolve)
                        .toList());
    }

    static List<Finding> findings(Manifests manifests) {
        return Stream.of(
                        StrictModel.check(manifests),
                        PodRules.check(manifests),
                        ReferenceRules.check(manifests),
                        NetworkRules.check(manifests))
                .flatMap(found -> found)
                .toList();
    }
}
