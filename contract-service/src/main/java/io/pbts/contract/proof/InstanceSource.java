package io.pbts.contract.proof;

import org.springframework.web.service.annotation.GetExchange;

/** reputation-service's word on which tracker this is. */
interface InstanceSource {
    @GetExchange("/internal/v1/instance")
    InstanceItem instance();

    record InstanceItem(String instanceId) {}
}
