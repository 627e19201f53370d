package io.pbts.contract.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which keys are written to the ledger.
 *
 * @param publish {@code PBTS_KEY_REGISTRY}; all on a dev chain and rotations elsewhere when absent. A first key costs 82,000
 *     gas, as much again as its account's enrolment, and proves itself wherever it is shown: the account id is its hash. A
 *     later key can be learnt from the chain only, and costs once in an account's life or never
 * @param keysPerTransaction first keys that are published at once; 200 is what a transaction's cap allows
 */
@Validated
@ConfigurationProperties("pbts.key-registry")
record RegistryProperties(
        @Nullable Publish publish,

        @DefaultValue("160") @Min(1) @Max(200) int keysPerTransaction) {

    /** What is written. */
    enum Publish {
        ALL,
        ROTATIONS,
        NONE
    }

    Publish publish(boolean devChain) {
        Publish usual = devChain ? Publish.ALL : Publish.ROTATIONS;
        return publish == null ? usual : publish;
    }
}
