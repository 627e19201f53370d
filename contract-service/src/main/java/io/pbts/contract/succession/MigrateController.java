package io.pbts.contract.succession;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The AI-agent variant's {@code /migrate}: a new settlement contract that follows the present one. It is the same as
 * {@code POST /api/v1/chain/successor} without an address; nobody has to change a setting or to restart anything.
 */
@RestController
@Tag(name = "chain")
class MigrateController {
    private static final String UNDER_WAY =
            "The new contract is on its way to the chain; ask again with this oldContract until newContract is there";
    private static final String MADE =
            "The new contract follows the old one; what is credited from now on is settled there";

    private final SuccessionWorker worker;
    private final Successions successions;

    MigrateController(SuccessionWorker worker, Successions successions) {
        this.worker = worker;
        this.successions = successions;
    }

    /** {@code oldContract}: the settlement contract that is left; without it the present one. */
    record MigrateRequest(
            @JsonProperty("oldContract") @Nullable String oldContract) {}

    /** {@code newContract} is null until the contract is created, which is answered with 202. */
    record MigrateAnswer(
            boolean success,
            @JsonProperty("oldContract") String oldContract,
            @JsonProperty("newContract") @Nullable String newContract,
            String message) {}

    @Operation(summary = "Have a contract made that follows the settlement contract, once for each that is left")
    @Allow(Who.ADMIN)
    @PostMapping("/migrate")
    ResponseEntity<MigrateAnswer> migrate(@RequestBody(required = false) @Nullable MigrateRequest request) {
        Optional<EthereumAddress> left =
                Optional.ofNullable(request).map(MigrateRequest::oldContract).map(MigrateController::address);
        Succession succession = left.flatMap(this::of).orElseGet(() -> begin(left));
        boolean made = succession.successor().isPresent();
        return ResponseEntity.status(made ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(new MigrateAnswer(
                        true,
                        succession.predecessor().checksummed(),
                        succession.successor().map(EthereumAddress::checksummed).orElse(null),
                        made ? MADE : UNDER_WAY));
    }

    /** The change by which that contract was left, whether it is under way or done. */
    private Optional<Succession> of(EthereumAddress left) {
        return successions.open().stream()
                .filter(open -> open.predecessor().equals(left))
                .findFirst()
                .or(() -> successions.done().stream()
                        .filter(past -> past.predecessor().equals(left))
                        .findFirst());
    }

    private Succession begin(Optional<EthereumAddress> left) {
        left.ifPresent(worker::requirePresent);
        return worker.request(Optional.empty());
    }

    private static EthereumAddress address(String text) {
        try {
            return EthereumAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", "Invalid Ethereum address", malformed);
        }
    }
}
