package io.pbts.contract.status;

import io.pbts.protocol.account.EthereumAddress;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Links to pages about what is on the chain. */
@Component
class Explorer {
    private final @Nullable String template;

    Explorer(ExplorerProperties properties) {
        String url = properties.url();
        this.template = url == null || url.isBlank() ? null : url;
    }

    @Nullable
    String transaction(Bytes32 hash) {
        return link("tx", hash.toHexString());
    }

    @Nullable
    String address(EthereumAddress address) {
        return link("address", address.checksummed());
    }

    private @Nullable String link(String kind, String value) {
        return template == null ? null : template.replace("{kind}", kind).replace("{value}", value);
    }
}
