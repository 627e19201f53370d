package io.pbts.protocol.signin;

import io.pbts.protocol.account.EthereumAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.apache.tuweni.bytes.Bytes;

/** Messages of every shape that the grammar has. */
final class SiweArbitraries {

    private static final String PATH = "az09AZ-._~!$&'()*+,;=:@";

    private SiweArbitraries() {}

    static Arbitrary<SiweMessage> messages() {
        Arbitrary<List<SiweTime>> times = times().list().ofSize(3);
        return Combinators.combine(
                        Arbitraries.of("http", "https", "web+x").optional(),
                        domains(),
                        Arbitraries.bytes().array(byte[].class).ofSize(20),
                        of(PATH + " /?#[]").ofMaxLength(60).optional(),
                        uris(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        of("abyzABYZ0189").ofMinLength(8).ofMaxLength(40),
                        Combinators.combine(
                                        times,
                                        Arbitraries.of(true, false),
                                        of(PATH).ofMaxLength(20).optional(),
                                        uris().list()
                                                .ofMaxSize(SiweMessage.MAX_RESOURCES)
                                                .optional())
                                .as(Tail::new))
                .as((scheme, domain, address, statement, uri, chain, nonce, tail) -> new SiweMessage(
                        scheme,
                        domain,
                        new EthereumAddress(Bytes.wrap(address)),
                        statement,
                        uri,
                        chain,
                        nonce,
                        tail.times().get(0),
                        Optional.of(tail.times().get(1)).filter(_ -> tail.bounded()),
                        Optional.of(tail.times().get(2)).filter(_ -> !tail.bounded()),
                        tail.requestId(),
                        tail.resources()));
    }

    record Tail(
            List<SiweTime> times, boolean bounded, Optional<String> requestId, Optional<List<AbsoluteUri>> resources) {}

    private static Arbitrary<Authority> domains() {
        return Arbitraries.of(
                        "tracker.example",
                        "a",
                        "127.0.0.1:1",
                        "[::]",
                        "[fe80::1:2]:65535",
                        "u:p%40@h:",
                        "[v1.x]",
                        "%41")
                .map(Authority::new);
    }

    private static Arbitrary<AbsoluteUri> uris() {
        return Combinators.combine(
                        Arbitraries.of("https://tracker.example", "urn:", "file://", "a+b:", "https://u@[::1]:1"),
                        of(PATH + "/").ofMaxLength(30).map(path -> "/" + path.replaceFirst("^/+", "")),
                        Arbitraries.of("", "?", "?a=/b?", "#", "#/?", "?q#f%20"))
                .as((start, path, end) -> new AbsoluteUri(start + path + end));
    }

    private static Arbitrary<SiweTime> times() {
        Arbitrary<SiweTime> utc = Arbitraries.longs()
                .between(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(), 253_402_300_799L)
                .map(second -> SiweTime.of(Instant.ofEpochSecond(second, second & 0xffff)));
        return Arbitraries.oneOf(
                utc,
                Arbitraries.of("2024-02-29T23:59:59.9-23:59", "1999-01-01T00:00:00+00:00")
                        .map(SiweTime::new));
    }

    private static StringArbitrary of(String alphabet) {
        return Arbitraries.strings().withChars(alphabet.toCharArray());
    }
}
