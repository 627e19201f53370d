package io.pbts.reputation.account;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The secret and the address behind announce URLs. */
@Configuration(proxyBeanMethods = false)
class AnnounceUrls {
    private final String base;

    AnnounceUrls(@Value("${pbts.public-url}") URI publicUrl) {
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url : url + "/";
    }

    /** Checked by hand, because a validation message would print the rejected value. */
    @Bean
    static PasskeyHashKey passkeyHashKey(@Value("${pbts.passkey-key:}") String hex) {
        try {
            return PasskeyHashKey.fromHex(hex);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalStateException(
                    "the secret pbts.passkey-key is missing or is not 64 hexadecimal digits other than zeros");
        }
    }

    String of(Passkey passkey) {
        return base + passkey.value() + "/announce";
    }
}
