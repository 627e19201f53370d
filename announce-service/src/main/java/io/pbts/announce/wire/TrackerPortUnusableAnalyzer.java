package io.pbts.announce.wire;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines what an operator has to do, instead of a stack trace. */
final class TrackerPortUnusableAnalyzer extends AbstractFailureAnalyzer<TrackerPortUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TrackerPortUnusable cause) {
        String action = "Stop the program that listens there, or set %s to a free port.".formatted(cause.setting());
        return new FailureAnalysis(cause.getMessage(), action, cause);
    }
}
