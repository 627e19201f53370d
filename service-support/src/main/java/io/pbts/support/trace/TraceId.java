package io.pbts.support.trace;

import java.util.Optional;
import org.slf4j.MDC;

/** The id of the trace to which the present request belongs, as the log has it. */
public final class TraceId {
    /** Its name in the log's context, where the framework puts it. */
    public static final String LOG_KEY = "traceId";

    /** The span's name there. */
    public static final String SPAN_LOG_KEY = "spanId";

    /** Its name in a problem (RFC 9457, 3.2). */
    public static final String MEMBER = "trace_id";

    private TraceId() {}

    /** Empty where there are no traces. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(LOG_KEY));
    }
}
