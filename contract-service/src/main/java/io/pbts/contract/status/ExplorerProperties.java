package io.pbts.contract.status;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where people look at the chain.
 *
 * @param url address of a page, with {@code {kind}} for {@code tx} or {@code address} and {@code {value}} for its hash or
 *     address, such as {@code https://sepolia.etherscan.io/{kind}/{value}}; no links when absent
 */
@Validated
@ConfigurationProperties("pbts.explorer")
record ExplorerProperties(
        @Nullable
        @Pattern(
                regexp = "|https?://(?=.*\\{value\\})(?:[^{}\\s]|\\{kind\\}|\\{value\\})+",
                message = "is an http(s) address with {value} and perhaps {kind} in it")
        String url) {}
