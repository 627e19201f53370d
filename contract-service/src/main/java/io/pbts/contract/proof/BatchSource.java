package io.pbts.contract.proof;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** receipt-service's batches with all that their rows rest on. */
interface BatchSource {
    @GetExchange(url = "/internal/v1/batches/{batch_seq}", accept = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    byte[] batch(@PathVariable("batch_seq") long batch);
}
