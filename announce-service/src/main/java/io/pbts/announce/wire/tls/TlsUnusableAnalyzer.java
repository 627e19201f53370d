package io.pbts.announce.wire.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines what an operator has to do, instead of a stack trace. */
final class TlsUnusableAnalyzer extends AbstractFailureAnalyzer<TlsUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TlsUnusable cause) {
        return new FailureAnalysis(
                "The tracker cannot listen for TLS: " + cause.getMessage(),
                "Set PBTS_TRACKER_TLS_CERTIFICATE and PBTS_TRACKER_TLS_KEY to the PEM files of a certificate chain and of its"
                        + " unencrypted key, or leave PBTS_TRACKER_TLS_PORT away.",
                cause);
    }
}
