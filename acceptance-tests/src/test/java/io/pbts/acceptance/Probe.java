package io.pbts.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A question that a kubelet asks of a container again and again, as the manifest says. */
record Probe(JsonNode content, PodTemplate template) {
    private static final Set<String> KNOWN =
            Set.of("httpGet", "tcpSocket", "exec", "periodSeconds", "timeoutSeconds", "failureThreshold");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PERIOD = 10;
    private static final int TIMEOUT = 1;
    private static final int FAILURES = 3;

    Probe {
        PodTemplate.requireKnown(KNOWN, content);
        PodTemplate.requireKnown(Set.of("path", "port"), content.path("httpGet"));
        PodTemplate.requireKnown(Set.of("port"), content.path("tcpSocket"));
        PodTemplate.requireKnown(Set.of("command"), content.path("exec"));
    }

    /** How a command is run in the container: its words become those of this machine. */
    interface Inside {
        List<String> command(List<String> words);
    }

    Duration period() {
        return Duration.ofSeconds(content.path("periodSeconds").asInt(PERIOD));
    }

    /** So many failures in a row are one. */
    int failures() {
        return content.path("failureThreshold").asInt(FAILURES);
    }

    /** @param ports the container's ports and where they are on loopback */
    boolean succeeds(Map<Integer, Integer> ports, Inside inside) {
        if (content.has("exec")) {
            List<String> words = content.at("/exec/command")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            return Shell.run(java.nio.file.Path.of("/"), Duration.ofMinutes(1), Map.of(), inside.command(words))
                            .exitCode()
                    == 0;
        }
        JsonNode question = content.has("httpGet") ? content.path("httpGet") : content.path("tcpSocket");
        int port = ports.getOrDefault(template.port(question.path("port")), Doors.NOWHERE);
        return content.has("httpGet") ? answers(port, question.path("path").asString("/")) : connects(port);
    }

    private boolean answers(int port, String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(timeout())
                    .build();
            int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean connects(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int)
                    timeout().toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Duration timeout() {
        return Duration.ofSeconds(content.path("timeoutSeconds").asInt(TIMEOUT));
    }
}
