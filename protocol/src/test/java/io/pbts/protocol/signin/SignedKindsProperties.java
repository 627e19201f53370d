package io.pbts.protocol.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** What was signed as one thing is never taken for another. */
class SignedKindsProperties {

    private static final List<String> TAGS = List.of(
            "PBTS-RECEIPT\2\1", "PBTS-BATCH\1\1", "PBTS-SESSION\1", "PBTS-ACK\1", "PBTS-LOGIN\1", "register", "");
    /** One layout, two units of time. No receipt of either is young enough to be one of the other. */
    private static final Set<Set<String>> SAME_LAYOUT =
            Set.of(Set.of("http-v1", "bep10-v1, SHA-1"), Set.of("http-v1, SHA-256", "bep10-v1"));

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void noTwoKindsShareTheirBytes(
            @ForAll("hashes") Bytes info,
            @ForAll("hashes") Bytes piece,
            @ForAll("hashes") Bytes domain,
            @ForAll @LongRange(min = 0) long number) {
        Map<String, Bytes> kinds = kinds(info, piece, domain, number);
        assertThat(kinds).hasSize(12);
        kinds.forEach((name, bytes) -> kinds.forEach((other, otherBytes) -> {
            if (!name.equals(other) && !SAME_LAYOUT.contains(Set.of(name, other))) {
                assertThat(bytes).as("%s and %s", name, other).isNotEqualTo(otherBytes);
            }
        }));
    }

    /** Kinds of one key differ in their length or begin with tags of which none begins another. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void kindsDifferInLengthOrInAFixedBeginning(
            @ForAll("hashes") Bytes info, @ForAll("hashes") Bytes domain, @ForAll @LongRange(min = 0) long number) {
        Map<String, Bytes> kinds = kinds(info, info, domain, number);
        assertThat(kinds.get("v2").size()).isEqualTo(225);
        assertThat(kinds.get("batch").size()).isEqualTo(129);
        assertThat(kinds.get("session").size()).isEqualTo(256);
        assertThat(kinds.get("acknowledgement").size()).isEqualTo(85);
        assertThat(kinds.get("eip191-v1").size()).isEqualTo(200);
        assertThat(kinds.get("bep10-v1").size()).isEqualTo(112);
        assertThat(beginning(kinds, "v2")).isEqualTo("PBTS-RECEIPT");
        assertThat(beginning(kinds, "batch")).startsWith("PBTS-BATCH");
        assertThat(beginning(kinds, "session")).isEqualTo("PBTS-SESSION");
        assertThat(beginning(kinds, "acknowledgement")).startsWith("PBTS-ACK");
        assertThat(beginning(kinds, "registration")).startsWith("register");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theOriginalsTwoFormsShareBytesOnlyForTimesThatAreYearsApart(
            @ForAll("hashes") Bytes info,
            @ForAll("hashes") Bytes domain,
            @ForAll @LongRange(min = 10_000) long number) {
        Map<String, Bytes> kinds = kinds(info, info, domain, number);
        long epoch = kinds.get("bep10-v1").getLong(104);
        long seconds = kinds.get("http-v1, SHA-256").getLong(104);
        if (epoch == seconds) {
            assertThat(epoch * 3600 - seconds).isGreaterThan(365L * 86_400);
        }
    }

    @Provide
    Arbitrary<Bytes> hashes() {
        Arbitrary<Bytes> random =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(Bytes::wrap);
        return random.flatMap(bytes -> Arbitraries.of(TAGS)
                .map(tag -> Bytes.concatenate(Bytes.wrap(tag.getBytes(US_ASCII)), bytes.slice(tag.length()))));
    }

    private static Map<String, Bytes> kinds(Bytes info, Bytes piece, Bytes domain, long number) {
        return SignedKinds.of(info.slice(0, 20), piece.slice(0, 20), Bytes32.wrap(domain), number, "alice");
    }

    private static String beginning(Map<String, Bytes> kinds, String name) {
        return new String(kinds.get(name).slice(0, 12).toArray(), US_ASCII);
    }
}
