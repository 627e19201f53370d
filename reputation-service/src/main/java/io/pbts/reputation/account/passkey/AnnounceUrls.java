package io.pbts.reputation.account.passkey;

import io.pbts.protocol.account.Passkey;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where a torrent client announces as an account. */
@Component
public class AnnounceUrls {
    private final String base;

    AnnounceUrls(@Value("${pbts.public-url}") URI publicUrl) {
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url : url + "/";
    }

    public String of(Passkey passkey) {
        return base + passkey.value() + "/announce";
    }
}
