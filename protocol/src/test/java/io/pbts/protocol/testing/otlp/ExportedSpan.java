package io.pbts.protocol.testing.otlp;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as a collector got it (opentelemetry/proto/trace/v1/trace.proto).
 *
 * @param service the {@code service.name} of its resource
 * @param traceId in hex, as are the other ids
 * @param parentId empty for the first of a trace
 * @param attributes numbers are empty texts
 * @param events how many
 */
public record ExportedSpan(
        String service,
        String traceId,
        String spanId,
        String parentId,
        String name,
        Map<String, String> attributes,
        int events) {

    /** All spans of an {@code ExportTraceServiceRequest}. */
    static List<ExportedSpan> of(byte[] request) {
        return ProtobufFields.of(ByteBuffer.wrap(request)).messages(1).stream()
                .flatMap(resource -> {
                    String service = resource.messages(1).stream()
                            .map(ExportedSpan::attributes)
                            .map(found -> found.getOrDefault("service.name", ""))
                            .findFirst()
                            .orElse("");
                    return resource.messages(2).stream()
                            .flatMap(scope -> scope.messages(2).stream())
                            .map(span -> of(service, span));
                })
                .toList();
    }

    private static ExportedSpan of(String service, ProtobufFields span) {
        return new ExportedSpan(
                service,
                hex(span.bytes(1)),
                hex(span.bytes(2)),
                hex(span.bytes(4)),
                span.text(5),
                attributes(span, 9),
                span.messages(11).size());
    }

    private static Map<String, String> attributes(ProtobufFields resource) {
        return attributes(resource, 1);
    }

    private static Map<String, String> attributes(ProtobufFields message, int number) {
        Map<String, String> found = new TreeMap<>();
        for (ProtobufFields pair : message.messages(number)) {
            found.put(
                    pair.text(1),
                    pair.messages(2).stream()
                            .map(value -> value.text(1))
                            .findFirst()
                            .orElse(""));
        }
        return found;
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
