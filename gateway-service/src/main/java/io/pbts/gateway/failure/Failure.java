package io.pbts.gateway.failure;

import org.springframework.http.HttpHeaders;

/** What went wrong, as its sender may know it. */
record Failure(int status, String code, String sentence, HttpHeaders headers) {

    Failure(int status, String code, String sentence) {
        this(status, code, sentence, new HttpHeaders());
    }
}
