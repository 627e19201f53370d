package io.pbts.contract.proof;

import io.pbts.protocol.epoch.EpochReader;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.GrowingLog;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import io.pbts.support.ServiceCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/** Batches as receipt-service has them; one that does not give the root that was settled is not handed on. */
@Component
class ExportedBatches {
    private final BatchSource batches;
    private final InstanceSource instances;

    ExportedBatches(
            ServiceCalls calls,
            @Value("${pbts.receipt-url}") URI receiptService,
            @Value("${pbts.reputation-url}") URI reputationService) {
        this.batches = calls.client(BatchSource.class, "receipt-service", receiptService);
        this.instances = calls.client(InstanceSource.class, "reputation-service", reputationService);
    }

    InstanceId instance() {
        return InstanceId.fromHex(instances.instance().instanceId());
    }

    /** Records of a batch that stand behind its batch record. */
    byte[] records(EpochRows.Batch batch, InstanceId instance) {
        byte[] records = ask(batch);
        if (!rootOf(records, instance).equals(Optional.of(batch.root()))) {
            throw new IllegalStateException(
                    "receipt-service's batch %d does not give the root that was settled".formatted(batch.number()));
        }
        return records;
    }

    private byte[] ask(EpochRows.Batch batch) {
        try {
            return batches.batch(batch.number());
        } catch (HttpClientErrorException.Gone archived) {
            throw new Refusal(
                    410, "batch-archived", "Receipts of this epoch lie in a month that was archived", archived);
        } catch (HttpClientErrorException unexpected) {
            throw new FactUnavailable("receipt-service", unexpected);
        }
    }

    /** Over the rows; empty when something is no record or there is no row. */
    private static Optional<Bytes32> rootOf(byte[] records, InstanceId instance) {
        GrowingLog log = new GrowingLog();
        try (EpochReader reader = new EpochReader(new ByteArrayInputStream(records))) {
            for (Optional<Located> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().content() instanceof EpochRow row) {
                    log.add(row.ledgerRow(instance).hash().bytes());
                }
            }
        } catch (WrongEpoch | IllegalArgumentException broken) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return log.size() == 0 ? Optional.empty() : Optional.of(log.root());
    }
}
