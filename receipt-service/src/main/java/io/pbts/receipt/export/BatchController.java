package io.pbts.receipt.export;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Hands a batch to whoever writes the file of its epoch. */
@RestController
@Tag(name = "internal")
class BatchController {
    private final BatchExport export;

    BatchController(BatchExport export) {
        this.export = export;
    }

    /** Certificates, members and rows of a batch as records of an epoch file, without the batch record before them. */
    @Allow(value = Who.SERVICE, services = "contract")
    @GetMapping(path = "/internal/v1/batches/{batch_seq}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    byte[] batch(@PathVariable("batch_seq") long batch) {
        var records = new ByteArrayOutputStream();
        export.records(batch).forEach(record -> records.writeBytes(record.framed()));
        return records.toByteArray();
    }
}
