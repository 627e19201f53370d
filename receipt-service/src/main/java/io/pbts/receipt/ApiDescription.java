package io.pbts.receipt;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.context.annotation.Configuration;

/** How the service introduces itself at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "PBTS receipt service", version = "1", description = """
            Verifies receipts and lets each be redeemed once. A report is judged receipt by receipt; each result has a \
            stable code: credited, held (stored until the receiver is below its overdraft), duplicate (with its present \
            state), pair-cap (not stored; may be sent again from the next midnight in UTC on), unknown-torrent, torrent-disabled, unknown-sender, unknown-receiver, self-transfer, bad-index, \
            bad-length, bad-piece-hash, stale, future, wrong-domain, bad-signature, bad-encoding, kind-disabled. \
            Routes under /internal are for services."""))
class ApiDescription {}
