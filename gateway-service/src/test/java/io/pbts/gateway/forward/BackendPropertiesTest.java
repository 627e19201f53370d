package io.pbts.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h:1", "/path", "http:///x", "http://h/base", "http://h?x", "h:8101"})
    void takesNothingButAnOriginForAService(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackendProperties.Backend(URI.create(url), Duration.ofSeconds(1)))
                .withMessageContaining(url);
    }

    @Test
    void boundsTheTimeout() {
        URI url = URI.create("http://h:1");
        assertThatIllegalArgumentException().isThrownBy(() -> new BackendProperties.Backend(url, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackendProperties.Backend(url, Duration.ofDays(1)));
    }

    @Test
    void joinsTargetsAsTheyAre() {
        var backend = new BackendProperties.Backend(URI.create("http://[::1]:6970/"), Duration.ofSeconds(5));
        assertThat(backend.at("/announce?a=b=c&&%5B").toASCIIString())
                .isEqualTo("http://[::1]:6970/announce?a=b=c&&%5B");
    }
}
