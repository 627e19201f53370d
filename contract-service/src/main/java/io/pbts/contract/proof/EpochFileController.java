package io.pbts.contract.proof;

import io.pbts.support.BrokenOff;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Hands the operator an epoch for auditors: it holds every receipt, so it is not public. */
@RestController
@Tag(name = "chain")
class EpochFileController {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFileController.class);
    private static final int BUFFER = 1 << 16;

    private final EpochFile files;

    EpochFileController(EpochFile files) {
        this.files = files;
    }

    @Operation(
            summary = "Download an epoch with all its receipts",
            description =
                    "Of an epoch that was settled in parts any part's number gives the whole. `./pbts verify-epoch` "
                            + "checks it. A file that ends early was broken off, which the verifier says.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Allow(Who.ADMIN)
    @GetMapping("/admin/v1/chain/epochs/{seq}/file")
    void file(@PathVariable("seq") long seq, HttpServletResponse response) {
        EpochFile.Opened file = files.open(seq);
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"epoch-%d.pbts\"".formatted(file.header().seq()));
        try {
            // Not closed when it fails: that would end the answer as if it were complete.
            OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
            files.write(file, out);
            out.flush();
        } catch (IOException | RuntimeException failed) {
            LOG.warn("event=epoch_file_broken_off seq={} cause=\"{}\"", seq, failed.toString());
            throw new BrokenOff(failed);
        }
    }
}
