package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Secp256k1.Recovery;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** The native library and two implementations in pure Java must make the same bytes and give the same verdicts. */
class Secp256k1OracleProperties {

    private static final BigInteger FIELD =
            new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);

    @Property(tries = 200, seed = "4")
    void signsRecoversAndVerifiesAsTheyDo(@ForAll("secrets") Bytes32 secret, @ForAll("numbers") Bytes32 digest) {
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(secret);
        Bytes signature = key.sign(digest);
        assertThat(key.publicKey().bytes()).isEqualTo(Secp256k1Oracle.publicKey(secret));
        assertThat(signature).isEqualTo(Secp256k1Oracle.sign(secret, digest));
        assertThat(Secp256k1.recover(digest, signature))
                .isEqualTo(new Recovery.Signer(key.address()))
                .isEqualTo(Secp256k1Oracle.recover(digest, signature));
        assertThat(key.signCompact(digest)).isEqualTo(signature.slice(0, 64));
        assertThat(Secp256k1.verify(key.publicKey(), digest, key.signCompact(digest)))
                .isTrue();
    }

    @Property(tries = 300, seed = "5")
    void judgesASignatureWithAFlippedBitAsTheyDo(
            @ForAll("secrets") Bytes32 secret,
            @ForAll("numbers") Bytes32 digest,
            @ForAll @IntRange(max = 519) int bit) {
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(secret);
        byte[] bytes = key.sign(digest).toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Bytes flipped = Bytes.wrap(bytes);
        assertThat(Secp256k1.recover(digest, flipped)).isEqualTo(Secp256k1Oracle.recover(digest, flipped));
        assertThat(Secp256k1.verify(key.publicKey(), digest, flipped.slice(0, 64)))
                .isEqualTo(Secp256k1Oracle.verify(key.publicKey().bytes(), digest, flipped.slice(0, 64)))
                .isEqualTo(bit >= 512);
    }

    @Property(tries = 800, seed = "6")
    void judgesAnyNumbersAsTheyDo(
            @ForAll("numbers") Bytes32 digest,
            @ForAll("numbers") Bytes32 r,
            @ForAll("numbers") Bytes32 s,
            @ForAll @IntRange(min = 26, max = 31) int v) {
        Bytes signature = Bytes.concatenate(r, s, Bytes.of(v));
        assertThat(Secp256k1.recover(digest, signature)).isEqualTo(Secp256k1Oracle.recover(digest, signature));
    }

    /** Key and signature that fit by construction, so that more than chance is judged: any r of a point, any low s. */
    @Property(tries = 200, seed = "7")
    void verifiesWhateverTheyRecoverAKeyFrom(
            @ForAll("secrets") Bytes32 nonce, @ForAll("numbers") Bytes32 digest, @ForAll("numbers") Bytes32 s) {
        Bytes compact = Bytes.concatenate(Secp256k1Oracle.publicKey(nonce).slice(1), s);
        Bytes signature = Bytes.concatenate(compact, Bytes.of(27));
        Recovery recovery = Secp256k1.recover(digest, signature);
        assertThat(recovery).isEqualTo(Secp256k1Oracle.recover(digest, signature));
        if (recovery instanceof Recovery.Signer) {
            Bytes uncompressed = LibSecp256k1.recover(0, digest, compact).orElseThrow();
            Bytes compressed = Bytes.concatenate(Bytes.of(2 + (uncompressed.get(64) & 1)), uncompressed.slice(1, 32));
            assertThat(Secp256k1Oracle.verify(compressed, digest, compact)).isTrue();
            assertThat(Secp256k1.verify(Secp256k1PublicKey.of(compressed), digest, compact))
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<Bytes32> secrets() {
        return numbers().filter(bytes -> isScalar(bytes.toUnsignedBigInteger()));
    }

    /** Half of them random, half of them where arithmetic breaks. */
    @Provide
    Arbitrary<Bytes32> numbers() {
        BigInteger half = Secp256k1.ORDER.shiftRight(1);
        Arbitrary<BigInteger> edges = Arbitraries.of(
                        BigInteger.ZERO, half, Secp256k1.ORDER, FIELD, BigInteger.ONE.shiftLeft(128))
                .flatMap(edge -> Arbitraries.bigIntegers()
                        .between(BigInteger.TWO.negate(), BigInteger.TWO)
                        .map(edge::add))
                .filter(number -> number.signum() >= 0);
        Arbitrary<BigInteger> any =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(bytes -> new BigInteger(1, bytes));
        return Arbitraries.oneOf(edges, any).map(Secp256k1OracleProperties::bytes);
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(Secp256k1.ORDER) < 0;
    }

    private static Bytes32 bytes(BigInteger number) {
        return Bytes32.leftPad(Bytes.wrap(number.toByteArray()).trimLeadingZeros());
    }
}
