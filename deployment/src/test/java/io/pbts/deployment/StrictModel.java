package io.pbts.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

/** Every object by the model of its kind, in which a field that the API server does not know is an error. */
final class StrictModel {
    private interface Model {
        void validate(JsonElement json) throws IOException;
    }

    private static final Map<String, Model> KINDS = Map.ofEntries(
            Map.entry("v1 Namespace", V1Namespace::validateJsonElement),
            Map.entry("v1 ConfigMap", V1ConfigMap::validateJsonElement),
            Map.entry("v1 Service", V1Service::validateJsonElement),
            Map.entry("apps/v1 Deployment", V1Deployment::validateJsonElement),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet::validateJsonElement),
            Map.entry("batch/v1 Job", V1Job::validateJsonElement),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement));

    /** Kinds of other projects, with the fields that we use of them, taken from their references. */
    private static final Tree CUSTOM =
            Checkout.documents(Resource.text("custom-kinds.yml")).getFirst();

    private static final Gson GSON = new Gson();

    private StrictModel() {}

    static Stream<Finding> check(Manifests manifests) {
        return manifests.all().stream().flatMap(StrictModel::check);
    }

    private static Stream<Finding> check(Manifest manifest) {
        String kind = manifest.content().at("apiVersion").text() + " " + manifest.kind();
        Model model = KINDS.get(kind);
        if (model != null) {
            try {
                model.validate(GSON.toJsonTree(manifest.content().value()));
                return Stream.empty();
            } catch (IOException | RuntimeException e) {
                return finding(manifest, e.getMessage());
            }
        }
        Tree known = CUSTOM.at(kind);
        return known.exists()
                ? unknownFields(manifest, known, manifest.content(), "")
                : finding(manifest, "nobody knows the kind " + kind);
    }

    private static Stream<Finding> unknownFields(Manifest manifest, Tree known, Tree found, String path) {
        if (!found.items().isEmpty()) {
            return found.items().stream().flatMap(item -> unknownFields(manifest, known, item, path));
        }
        if (known.fields().isEmpty()) {
            boolean object = !found.fields().isEmpty() && !known.text().equals("any");
            return object ? finding(manifest, path + " has no fields") : Stream.empty();
        }
        return found.fields().entrySet().stream().flatMap(field -> {
            Tree below = known.at(field.getKey());
            String at = path + "/" + field.getKey();
            return below.exists()
                    ? unknownFields(manifest, below, field.getValue(), at)
                    : finding(manifest, "no field " + at);
        });
    }

    private static Stream<Finding> finding(Manifest manifest, String what) {
        return Stream.of(new Finding(Finding.Rule.UNKNOWN_FIELD, manifest.id(), what));
    }
}
