package io.pbts.contract.succession;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator changes the settlement contract. */
@RestController
@Tag(name = "chain")
@Allow(Who.ADMIN)
@RequestMapping("/api/v1/chain/successor")
class SuccessionController {
    private final SuccessionWorker worker;
    private final Successions successions;

    SuccessionController(SuccessionWorker worker, Successions successions) {
        this.worker = worker;
        this.successions = successions;
    }

    /** {@code address}: a ledger of the settler that follows the present one; without it one is made by the factory. */
    record SuccessorRequest(@Nullable String address) {}

    /** {@code left_at} in seconds, null until everything is settled in the successor. */
    record SuccessionAnswer(
            String predecessor,
            @Nullable String successor,

            @Schema(allowableValues = {"creating", "draining", "done"})
            String state,

            long askedAt,
            @Nullable Long leftAt) {
        static SuccessionAnswer of(Succession succession) {
            return new SuccessionAnswer(
                    succession.predecessor().checksummed(),
                    succession.successor().map(EthereumAddress::checksummed).orElse(null),
                    succession.state().name().toLowerCase(Locale.ROOT),
                    succession.askedAt().getEpochSecond(),
                    succession.leftAt().map(Instant::getEpochSecond).orElse(null));
        }
    }

    record SuccessionPage(List<SuccessionAnswer> successions) {}

    @PostMapping
    ResponseEntity<SuccessionAnswer> change(@RequestBody(required = false) @Nullable SuccessorRequest request) {
        Succession asked = worker.request(
                Optional.ofNullable(request).map(SuccessorRequest::address).map(SuccessionController::address));
        HttpStatus status = asked.isOpen() ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return ResponseEntity.status(status).body(SuccessionAnswer.of(asked));
    }

    /** The one under way first, then those that are done, the last one first. */
    @GetMapping
    SuccessionPage changes() {
        return new SuccessionPage(Stream.concat(successions.open().stream(), successions.done().stream())
                .map(SuccessionAnswer::of)
                .toList());
    }

    private static EthereumAddress address(String text) {
        try {
            return EthereumAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", String.valueOf(malformed.getMessage()), malformed);
        }
    }
}
