package io.pbts.support.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A span without what may hold a secret. A passkey stands in paths and queries, a key in headers, either in what an exception
 * says: so a span keeps its ids and times and, of what was added to it, values of a known form under known names. Its name is
 * made of those.
 */
final class AllowedSpan extends DelegatingSpanData {
    private static final String OTHER = "other";

    /** No segment is as long as the shortest secret: a passkey has 32 characters, a key or a hash more. */
    private static final Pattern ROUTE = Pattern.compile(
            "[A-Z_]{1,16}|none|root|/|(?:/(?:[A-Za-z0-9._-]{1,24}|\\{[A-Za-z_]{1,32}}|\\*{1,2})){1,12}/?");

    /** Which attributes there may be, and what their values look like. */
    private static final Map<String, Pattern> ALLOWED = Map.of(
            SpanTags.METHOD, Pattern.compile("GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"),
            SpanTags.ROUTE, ROUTE,
            SpanTags.STATUS, Pattern.compile("[0-9]{3}|[A-Z_]{1,16}"),
            SpanTags.OUTCOME, Pattern.compile("[A-Z_]{1,16}"),
            SpanTags.ERROR, Pattern.compile("none|[A-Z][A-Za-z0-9_$]{0,63}"),
            SpanTags.WORK, Pattern.compile("[a-z-]{1,32}"),
            SpanTags.RPC_METHOD, Pattern.compile("[a-z0-9]{1,16}_[A-Za-z0-9]{1,48}"));

    private final Attributes attributes;

    AllowedSpan(SpanData span) {
        super(span);
        AttributesBuilder kept = Attributes.builder();
        span.getAttributes().forEach((key, value) -> keep(key, value, kept));
        attributes = kept.build();
    }

    private static void keep(AttributeKey<?> key, Object value, AttributesBuilder kept) {
        Pattern form = ALLOWED.get(key.getKey());
        if (form != null) {
            String text = key.getKey().equals(SpanTags.ROUTE) ? path(value.toString()) : value.toString();
            kept.put(key.getKey(), form.matcher(text).matches() ? text : OTHER);
        }
    }

    private static String path(String template) {
        int query = template.indexOf('?');
        return query < 0 ? template : template.substring(0, query);
    }

    @Override
    public String getName() {
        return value(SpanTags.RPC_METHOD)
                .or(() -> value(SpanTags.WORK))
                .or(() -> value(SpanTags.METHOD)
                        .flatMap(method -> value(SpanTags.ROUTE).map(route -> method + " " + route)))
                .orElse(OTHER);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(attributes.get(AttributeKey.stringKey(name)));
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    /** An event is an exception's message and its stack trace. */
    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public List<LinkData> getLinks() {
        return List.of();
    }

    @Override
    public int getTotalRecordedLinks() {
        return 0;
    }

    /** Its description is an exception's message. */
    @Override
    public StatusData getStatus() {
        return StatusData.create(super.getStatus().getStatusCode(), "");
    }
}
