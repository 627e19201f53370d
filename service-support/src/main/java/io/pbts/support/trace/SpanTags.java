package io.pbts.support.trace;

/** What a span may say, by the names that the framework's own observations have. Nothing else leaves a service. */
public final class SpanTags {
    public static final String METHOD = "method";

    /** A route as it stands in the code, with names in the place of values. */
    public static final String ROUTE = "uri";

    public static final String STATUS = "status";
    public static final String OUTCOME = "outcome";

    /** The simple name of an exception's class. */
    public static final String ERROR = "exception";

    /** A method of the chain's JSON-RPC. */
    public static final String RPC_METHOD = "rpc.method";

    /** The name of a loop whose step this is. */
    public static final String WORK = "work";

    private SpanTags() {}
}
