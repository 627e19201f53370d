package io.pbts.support;

import org.springframework.http.HttpHeaders;

/** What a call to another service shows of its sender. */
@FunctionalInterface
public interface CallCredential {

    /** Adds to a call's headers what the named service, such as {@code reputation-service}, wants to see. */
    void show(String service, HttpHeaders headers);
}
