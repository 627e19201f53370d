package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in for a cluster refuses and waits as a cluster does; else {@link OperationsIT} would pass on manifests that fail there. */
@Tag("long")
class ClusterIT {
    private static final String STORE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: store, namespace: pbts}
            spec:
              strategy: {type: Recreate}
              template:
                metadata: {labels: {name: store}}
                spec:
                  containers:
                    - name: store
                      image: IMAGE
                      args: [valkey-server, --save, ""]
                      env:
                        - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: first}}}
                      ports: [{name: store, containerPort: 6379}]
                      readinessProbe: {tcpSocket: {port: store}, periodSeconds: 1}
            """;

    @TempDir
    private Path folder;

    private final Doors doors = new Doors();
    private Cluster cluster;
    private Kubectl kubectl;

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        cluster = new Cluster(folder, new Images(folder.resolve("images"), folder), doors);
        kubectl = new Kubectl(cluster, new PortForwards());
    }

    @AfterEach
    void end() {
        cluster.close();
        doors.close();
    }

    @Test
    void nothingIsMadeWithoutItsNamespace() {
        assertThatThrownBy(() -> kubectl("-n pbts create secret generic keys --from-literal=first=1"))
                .hasMessageContaining("namespaces \"pbts\" not found");
    }

    @Test
    void aPodWaitsForTheSecretThatItNamesAndForEachKey() throws IOException {
        kubectl("create namespace pbts");
        apply(STORE.replace("IMAGE", "valkey/valkey:8"));
        assertThatThrownBy(this::awaitStore).hasMessageContaining("Secret \"keys\" not found");
        kubectl("-n pbts create secret generic keys --from-literal=second=2");
        assertThatThrownBy(this::awaitStore).hasMessageContaining("couldn't find key first in Secret keys");
        apply("{apiVersion: v1, kind: Secret, metadata: {name: keys, namespace: pbts}, data: {first: MQ==}}");
        awaitStore();
        assertThat(kubectl("-n pbts get secret keys -o jsonpath={.data.second}"))
                .contains("Mg==");
    }

    @Test
    void aPodWaitsForItsImage() throws IOException {
        kubectl("create namespace pbts");
        kubectl("-n pbts create secret generic keys --from-literal=first=1");
        apply(STORE.replace("IMAGE", "pbts/store:0.1.0"));
        assertThatThrownBy(this::awaitStore).hasMessageContaining("there is no image pbts/store:0.1.0");
    }

    @Test
    void aForwardEndsWithItsPod() throws IOException {
        kubectl("create namespace pbts");
        kubectl("-n pbts create secret generic keys --from-literal=first=1");
        apply(STORE.replace("IMAGE", "valkey/valkey:8"));
        awaitStore();
        assertThat(kubectl("-n pbts port-forward deployment/store 6379")).contains("tail --pid=");
        assertThatThrownBy(() -> kubectl("-n pbts port-forward deployment/store 6379"))
                .hasMessageContaining("address already in use");
        apply(STORE.replace("IMAGE", "valkey/valkey:9"));
        awaitStore();
        assertThat(kubectl("-n pbts port-forward deployment/store 6379")).contains("tail --pid=");
    }

    @Test
    void whatItWasNotWrittenForIsRefused() {
        for (String command : List.of("get nodes", "apply", "-n pbts drain", "-n pbts delete deployment store")) {
            assertThatThrownBy(() -> kubectl(command)).as(command).isInstanceOf(StandIns.UnknownCommand.class);
        }
        assertThatThrownBy(() -> apply("{apiVersion: v1, kind: PersistentVolume, metadata: {name: disk}}"))
                .isInstanceOf(StandIns.UnknownCommand.class);
    }

    private void awaitStore() {
        kubectl("-n pbts rollout status deployment store --timeout=3s");
    }

    private void apply(String manifest) throws IOException {
        kubectl("apply -f " + Files.writeString(folder.resolve("manifest.yaml"), manifest));
    }

    private String kubectl(String command) {
        return kubectl.script(folder, List.of(command.split(" ", -1)));
    }
}
