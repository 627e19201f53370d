package io.pbts.deployment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything of a rendered variant. */
record Manifests(List<Manifest> all) {
    Manifests {
        all = List.copyOf(all);
    }

    Stream<Manifest> of(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    Optional<Manifest> find(String kind, String name) {
        return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
    }

    Stream<Manifest> workloads() {
        return all.stream().filter(Manifest::isWorkload);
    }

    /** Workloads whose pods have these labels; an empty selector selects everything. */
    List<Manifest> selected(Map<String, String> labels) {
        return workloads()
                .filter(workload -> workload.podLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    /** A copy that a test may spoil. */
    Manifests copy() {
        return new Manifests(all.stream()
                .map(manifest -> new Manifest(manifest.content().copy()))
                .toList());
    }
}
