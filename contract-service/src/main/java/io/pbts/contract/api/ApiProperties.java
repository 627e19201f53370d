package io.pbts.contract.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a write is waited for.
 *
 * @param answerWithin after this a write that is not mined is answered 202 with its id
 * @param lookEvery how often it is looked up meanwhile
 */
@ConfigurationProperties("pbts.contract-api")
record ApiProperties(
        @DefaultValue("10s") Duration answerWithin,
        @DefaultValue("100ms") Duration lookEvery) {}
