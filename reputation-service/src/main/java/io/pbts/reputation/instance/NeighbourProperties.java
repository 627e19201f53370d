package io.pbts.reputation.instance;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the owners of other facts answer.
 *
 * @param announceUrl announce-service ({@code PBTS_ANNOUNCE_URL})
 * @param receiptUrl receipt-service ({@code PBTS_RECEIPT_URL})
 * @param contractUrl contract-service ({@code PBTS_CONTRACT_URL})
 * @param factsFor how long the chain and the limits are shown without asking again
 */
@ConfigurationProperties("pbts.neighbours")
record NeighbourProperties(
        URI announceUrl,
        URI receiptUrl,
        URI contractUrl,
        @DefaultValue("5s") Duration factsFor) {}
