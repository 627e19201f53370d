package io.pbts.protocol.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.tuweni.bytes.Bytes;

class BencodeProperties {

    private static final BencodeLimits LIMITS = new BencodeLimits(1 << 20, 32, 100_000);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void decodesWhatItEncoded(@ForAll("values") BencodeValue value) throws BencodeException {
        assertThat(BencodeDecoder.decode(BencodeWriter.encode(value), LIMITS)).isEqualTo(value);
    }

    @Property(tries = 5_000)
    void acceptsOnlyTheOneSpellingItWouldWrite(@ForAll("bencodeLike") byte[] input) {
        try {
            BencodeValue value = BencodeDecoder.decode(input, LIMITS);
            assertThat(BencodeWriter.encodeToArray(value)).isEqualTo(input);
        } catch (BencodeException e) {
            assertThat(e.position()).isBetween(0, input.length);
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void neverFailsInAnyOtherWayOnDamagedInput(
            @ForAll("values") BencodeValue value, @ForAll int place, @ForAll byte damage, @ForAll boolean cut) {
        byte[] input = BencodeWriter.encodeToArray(value);
        int at = Math.floorMod(place, input.length);
        byte[] damaged = cut ? Bytes.wrap(input, 0, at).toArray() : input.clone();
        if (!cut) {
            damaged[at] = damage;
        }
        try {
            assertThat(BencodeWriter.encodeToArray(BencodeDecoder.decode(damaged, LIMITS)))
                    .isEqualTo(damaged);
        } catch (BencodeException e) {
            assertThat(e).hasMessageContaining(" at byte ");
        }
    }

    @Property
    void saysTheSameOfTheSameDepthWhateverTheMix(
            @ForAll @IntRange(min = 1, max = 64) int depth, @ForAll boolean lists) {
        String input = (lists ? "l" : "d1:a").repeat(depth) + (lists ? "" : "0:") + "e".repeat(depth);
        boolean accepted;
        try {
            BencodeDecoder.decode(input.getBytes(US_ASCII), LIMITS);
            accepted = true;
        } catch (BencodeException e) {
            accepted = false;
        }
        assertThat(accepted).isEqualTo(depth <= 32);
    }

    @Provide
    Arbitrary<BencodeValue> values() {
        return nested(3);
    }

    private Arbitrary<BencodeValue> nested(int depth) {
        Arbitrary<BencodeValue> leaf = Arbitraries.oneOf(
                List.of(bytes().map(BString::new), Arbitraries.longs().map(BInteger::new)));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<BencodeValue> inner = nested(depth - 1);
        Arbitrary<BencodeValue> list = inner.list().ofMaxSize(5).map(BList::new);
        Arbitrary<BencodeValue> dictionary = Arbitraries.maps(bytes(), inner)
                .ofMaxSize(5)
                .map(map -> (BencodeValue) BDictionary.ofBytes(Map.copyOf(map)));
        return Arbitraries.oneOf(List.of(leaf, list, dictionary));
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Bytes::wrap);
    }

    /** Random text over the letters of bencode comes near to valid far more often than random bytes do. */
    @Provide
    Arbitrary<byte[]> bencodeLike() {
        return Arbitraries.of('i', 'l', 'd', 'e', ':', '0', '1', '2', '-', 'a')
                .map(symbol -> (byte) (char) symbol)
                .array(byte[].class)
                .ofMaxSize(24);
    }
}
