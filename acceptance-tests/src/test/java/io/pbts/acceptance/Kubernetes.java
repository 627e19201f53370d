package io.pbts.acceptance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A cluster, and the machine of an operator who has a folder of secrets and a registry of images. The development chain of the
 * overlay is a pod as the others: it ends with the cluster, and what was settled on it is settled anew on the next.
 */
final class Kubernetes implements Platform {
    private static final String NAMESPACE = "pbts";

    private final Path checkout;
    private final Images images;
    private final Cluster cluster;
    private final PortForwards forwards = new PortForwards();

    /**
     * An empty cluster.
     *
     * @param folder for what it keeps
     * @param checkout where the operator's folder of secrets will be
     */
    Kubernetes(Path folder, Path checkout, Doors doors) {
        this.checkout = checkout;
        Shell.run(
                        "mkdir",
                        folder.resolve("logs").toString(),
                        folder.resolve("images").toString())
                .succeeded();
        this.images = new Images(folder.resolve("images"), checkout.resolve("secrets"));
        this.cluster = new Cluster(folder, images, doors);
    }

    @Override
    public Map<String, StandIns.Program> programs() {
        return Map.of("docker", new DockerBuild(images), "kubectl", new Kubectl(cluster, forwards));
    }

    @Override
    public String tracker() {
        return "tracker";
    }

    @Override
    public OptionalInt published(String address) {
        return forwards.published(address);
    }

    @Override
    public String superuserPassword() {
        ClusterObject secret = cluster.objects().get(NAMESPACE, "Secret", "postgres-superuser");
        byte[] password = ClusterObjects.data(secret).getOrDefault("password", new byte[0]);
        return new String(password, StandardCharsets.UTF_8);
    }

    /** The cluster with its volumes, and the operator's secrets; the images are elsewhere. */
    @Override
    public void destroy() {
        cluster.destroy();
        Shell.run("rm", "-rf", checkout.resolve("secrets").toString()).succeeded();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
