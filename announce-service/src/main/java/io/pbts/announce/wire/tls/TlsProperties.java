package io.pbts.announce.wire.tls;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The listener for {@code https://} and {@code wss://} announces, at the addresses of the direct one.
 *
 * @param port 0 takes a free one; without a port there is no such listener
 * @param certificate a PEM file: the certificate, then whoever signed it, up to a root that clients know
 * @param key a PEM file: the certificate's private key, not encrypted (PKCS #8, or PKCS #1 or SEC 1 as OpenSSL writes them)
 * @param look how often the files are looked at
 * @param handshakeTimeout how long a client may take to agree on keys
 */
@Validated
@ConfigurationProperties("pbts.wire.tls")
public record TlsProperties(
        @Nullable @Min(0) @Max(65_535) Integer port,
        @DefaultValue("") String certificate,
        @DefaultValue("") String key,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration look,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration handshakeTimeout) {}
