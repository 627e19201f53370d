package io.pbts.contract.api;

import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.NamedUser;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The writing half of the original's {@code /contract/*}: whoever may use it sets anybody's totals, so it is the operator's,
 * and in profile {@code local} this machine's. What it asserts is never mixed with what is settled.
 */
@RestController
@Allow({Who.ADMIN, Who.LOOPBACK})
@Tag(name = "contract")
class ContractWriteController {
    private final LegacyWrites writes;
    private final Contracts contracts;
    private final ChainIdentities identities;

    ContractWriteController(LegacyWrites writes, Contracts contracts, ChainIdentities identities) {
        this.writes = writes;
        this.contracts = contracts;
        this.identities = identities;
    }

    @PostMapping("/contract/init")
    ResponseEntity<WriteAnswer> init(@RequestBody(required = false) LegacyRequests.@Nullable Init request) {
        EthereumAddress referrer = (request == null ? LegacyRequests.Init.EMPTY : request).referrer();
        EthereumAddress factory =
                identities.current().factory().orElseThrow(() -> new FactUnavailable("the factory contract", null));
        Bytes call = contracts.factory(factory).createReputation(referrer);
        return perform(Purpose.CREATE_LEGACY, factory, call, created -> WriteAnswer.Initialized.of(created, referrer));
    }

    @PostMapping("/contract/register")
    ResponseEntity<WriteAnswer> register(@RequestBody LegacyRequests.Register request) {
        EthereumAddress ledger = ledger();
        NamedUser user = request.user();
        Bytes call = contracts.ledger(ledger).addUser(user);
        return perform(Purpose.ADD_USER, ledger, call, done -> WriteAnswer.Written.registered(done, user));
    }

    /** Sizes are absolute totals, as in the original; they never fall. */
    @PostMapping("/contract/update")
    ResponseEntity<WriteAnswer> update(@RequestBody LegacyRequests.Update request) {
        EthereumAddress ledger = ledger();
        String username = request.requireUsername();
        Bytes call = contracts.ledger(ledger).updateUser(username, request.download(), request.upload());
        return perform(
                Purpose.UPDATE_USER,
                ledger,
                call,
                done -> new WriteAnswer.Updated(
                        true,
                        username,
                        WriteAnswer.hash(done),
                        request.download(),
                        request.upload(),
                        "User updated on smart contract"));
    }

    @PostMapping("/contract/migrate")
    ResponseEntity<WriteAnswer> migrate(@RequestBody LegacyRequests.Migrate request) {
        EthereumAddress ledger = ledger();
        String username = request.requireUsername();
        Bytes call = contracts.ledger(ledger).migrateUser(username);
        return perform(Purpose.MIGRATE_USER, ledger, call, done -> WriteAnswer.Written.migrated(done, username));
    }

    /** Where a write stands that was answered 202. */
    @GetMapping("/contract/submission/{id}")
    WriteAnswer submission(@PathVariable("id") long id) {
        return WriteAnswer.Progress.of(writes.find(id));
    }

    private EthereumAddress ledger() {
        return identities.current().legacy().orElseThrow(NotInitialized::forWriting);
    }

    private ResponseEntity<WriteAnswer> perform(
            Purpose purpose, EthereumAddress destination, Bytes call, Function<Submission, WriteAnswer> whenDone) {
        Submission result = writes.perform(purpose, destination, call);
        return result.state().isOnChain()
                ? ResponseEntity.ok(whenDone.apply(result))
                : ResponseEntity.status(HttpStatus.ACCEPTED).body(WriteAnswer.Accepted.of(result));
    }
}
