package io.pbts.protocol.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.Pairing;
import supranational.blst.SecretKey;

/**
 * BLS signatures over BLS12-381 (draft-irtf-cfrg-bls-signature-05): public keys of 48 bytes, signatures of 96, the
 * proof-of-possession suite that Ethereum's consensus layer uses.
 *
 * <p>The only class that speaks to the native library, which does not defend itself: a null, a point outside its
 * subgroup or swapped arguments end in a crash or in a wrong yes. So points are decoded and checked here once, are never
 * infinity, and live in {@link BlsPublicKey} and {@link BlsSignature}.
 */
public final class Bls {

    /** r, the order of both groups: a secret key is a number from 1 to r - 1. */
    static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    private static final String SIGNATURE_TAG = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";
    private static final String POSSESSION_TAG = "BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

    private static final int COMPRESSED_BIT = 0x80;
    private static final int INFINITY_BIT = 0x40;

    /** A decoded public key: on the curve, in G1, not infinity. */
    record KeyPoint(P1_Affine affine) {}

    /** A decoded signature: on the curve, in G2, not infinity. */
    record SignaturePoint(P2_Affine affine) {}

    /**
     * A signature, the hash of its message, and the weight that both are to be multiplied by.
     *
     * @param weight an unsigned number, not 0
     */
    record Hashed(BlsPublicKey key, P2 hash, P2 signature, long weight) {}

    /** A signature and the hash of its message, both times the same weight. */
    record Weighed(BlsPublicKey key, P2 hash, P2 signature) {}

    private Bls() {}

    /** Signs a message. */
    public static BlsSignature sign(BlsSecretKey key, Bytes message) {
        return sign(key, message, SIGNATURE_TAG);
    }

    /** Whether the key's owner signed the message. */
    public static boolean verify(BlsPublicKey key, Bytes message, BlsSignature signature) {
        return verify(key, message, signature, SIGNATURE_TAG);
    }

    /** Proves that the secret key is known: a signature over the 48 key bytes under a tag of its own (PopProve). */
    public static BlsSignature provePossession(BlsSecretKey key) {
        return sign(key, key.publicKey().bytes(), POSSESSION_TAG);
    }

    /** Whether the proof belongs to the key (PopVerify). A key without one must never enter an aggregate. */
    public static boolean verifyPossession(BlsPublicKey key, BlsSignature proof) {
        return verify(key, key.bytes(), proof, POSSESSION_TAG);
    }

    /**
     * Adds signatures up to one.
     *
     * @throws MalformedPointException when they cancel to infinity
     */
    public static BlsSignature aggregate(List<BlsSignature> signatures) {
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("no signature to aggregate");
        }
        P2 sum = new P2(signatures.getFirst().point().affine());
        for (BlsSignature signature : signatures.subList(1, signatures.size())) {
            sum.add(signature.point().affine());
        }
        return BlsSignature.of(Bytes.wrap(sum.compress()));
    }

    /**
     * Whether one signature stands for all the messages (AggregateVerify). Says nothing about which member is wrong, and
     * is sound only for keys whose possession was proven. No message: false.
     */
    public static boolean verifyAggregate(List<BlsMessage> messages, BlsSignature aggregate) {
        return verifyAggregate(messages, aggregate, SIGNATURE_TAG);
    }

    static boolean verifyAggregate(List<BlsMessage> messages, BlsSignature aggregate, String tag) {
        if (messages.isEmpty()) {
            return false;
        }
        Map<BlsPublicKey, P2> hashes = new LinkedHashMap<>();
        for (BlsMessage message : messages) {
            hashes.computeIfAbsent(message.key(), _ -> new P2()).add(hash(message.message(), tag));
        }
        return balances(aggregate.point().affine(), hashes);
    }

    /** Hashes what one signature is for. */
    static Hashed hashed(BlsSigned item, long weight) {
        P2 signature = item.signature().point().affine().to_jacobian();
        return new Hashed(item.key(), hash(item.message(), SIGNATURE_TAG), signature, weight);
    }

    /**
     * Whether each signature verifies on its own, but for the chance of guessing a weight: weights that nobody could
     * foresee keep the errors of several members from cancelling.
     */
    static boolean verifyHashed(List<Hashed> items) {
        var signatures = new WeightedSum();
        Map<BlsPublicKey, WeightedSum> hashes = new LinkedHashMap<>();
        for (Hashed item : items) {
            signatures.add(item.signature(), item.weight());
            hashes.computeIfAbsent(item.key(), _ -> new WeightedSum()).add(item.hash(), item.weight());
        }
        Map<BlsPublicKey, P2> sums = new LinkedHashMap<>();
        hashes.forEach((key, sum) -> sums.put(key, sum.total()));
        return balances(signatures.total().to_affine(), sums);
    }

    /** Multiplies for {@link #verifyWeighed}. */
    static Weighed weigh(Hashed item) {
        var weight = new BigInteger(Long.toUnsignedString(item.weight()));
        return new Weighed(
                item.key(),
                item.hash().dup().mult(weight),
                item.signature().dup().mult(weight));
    }

    /** As {@link #verifyHashed}, for members that will be asked about several times. */
    static boolean verifyWeighed(List<Weighed> items) {
        P2 signatures = new P2();
        Map<BlsPublicKey, P2> hashes = new LinkedHashMap<>();
        for (Weighed item : items) {
            signatures.add(item.signature());
            hashes.computeIfAbsent(item.key(), _ -> new P2()).add(item.hash());
        }
        return balances(signatures.to_affine(), hashes);
    }

    /** e(g, signature) = product of e(key, hash): one Miller loop for each key, one final exponentiation. */
    private static boolean balances(P2_Affine signature, Map<BlsPublicKey, P2> hashes) {
        Pairing pairing = new Pairing(true, SIGNATURE_TAG);
        pairing.raw_aggregate(signature, P1.generator().neg().to_affine());
        hashes.forEach((key, hash) ->
                pairing.raw_aggregate(hash.to_affine(), key.point().affine()));
        pairing.commit();
        return pairing.finalverify();
    }

    static KeyPoint decodeKey(Bytes compressed) {
        requireCompressed(compressed, BlsPublicKey.SIZE);
        P1_Affine point;
        try {
            point = new P1_Affine(compressed.toArray());
        } catch (RuntimeException e) {
            throw new MalformedPointException("not a point on the curve", e);
        }
        if (point.is_inf() || !point.in_group()) {
            throw new MalformedPointException("not in the subgroup");
        }
        return new KeyPoint(point);
    }

    static SignaturePoint decodeSignature(Bytes compressed) {
        requireCompressed(compressed, BlsSignature.SIZE);
        P2_Affine point;
        try {
            point = new P2_Affine(compressed.toArray());
        } catch (RuntimeException e) {
            throw new MalformedPointException("not a point on the curve", e);
        }
        if (point.is_inf() || !point.in_group()) {
            throw new MalformedPointException("not in the subgroup");
        }
        return new SignaturePoint(point);
    }

    static BlsPublicKey publicKey(Bytes secret) {
        return BlsPublicKey.of(Bytes.wrap(new P1(secretKey(secret)).compress()));
    }

    /** One spelling per point: the library itself would also take the uncompressed form. */
    private static void requireCompressed(Bytes point, int size) {
        if (point.size() != size) {
            throw new MalformedPointException("expected " + size + " bytes, not " + point.size());
        }
        if ((point.get(0) & COMPRESSED_BIT) == 0 || (point.get(0) & INFINITY_BIT) != 0) {
            throw new MalformedPointException("not compressed, or infinity");
        }
    }

    private static BlsSignature sign(BlsSecretKey key, Bytes message, String tag) {
        P2_Affine point = hash(message, tag).sign_with(secretKey(key.expose())).to_affine();
        return BlsSignature.computed(Bytes.wrap(point.compress()), new SignaturePoint(point));
    }

    static boolean verify(BlsPublicKey key, Bytes message, BlsSignature signature, String tag) {
        P2_Affine point = signature.point().affine();
        return point.core_verify(key.point().affine(), true, message.toArray(), tag) == BLST_ERROR.BLST_SUCCESS;
    }

    static P2 hash(Bytes message, String tag) {
        return new P2().hash_to(message.toArray(), tag);
    }

    private static SecretKey secretKey(Bytes secret) {
        SecretKey key = new SecretKey();
        key.from_bendian(secret.toArray());
        return key;
    }

    /**
     * The sum of points of G2, each times a weight of 64 bits. All points share the doublings (Straus's interleaving, windows of
     * {@value #WINDOW} bits), so one more point costs thirty additions instead of a multiplication of its own.
     */
    private static final class WeightedSum {
        private static final int WINDOW = 4;
        private static final int DIGITS = 1 << WINDOW;

        private final List<P2[]> multiples = new ArrayList<>();
        private final List<Long> weights = new ArrayList<>();

        /** @param weight an unsigned number; 0 adds nothing */
        void add(P2 point, long weight) {
            multiples.add(multiples(point));
            weights.add(weight);
        }

        P2 total() {
            P2 total = new P2();
            for (int shift = Long.SIZE - WINDOW; shift >= 0; shift -= WINDOW) {
                for (int i = 0; i < WINDOW; i++) {
                    total.dbl();
                }
                for (int i = 0; i < weights.size(); i++) {
                    int digit = (int) (weights.get(i) >>> shift) & (DIGITS - 1);
                    if (digit > 0) {
                        total.add(multiples.get(i)[digit - 1]);
                    }
                }
            }
            return total;
        }

        /** The point times 1 to 15. */
        private static P2[] multiples(P2 point) {
            P2[] multiples = new P2[DIGITS - 1];
            multiples[0] = point;
            for (int i = 1; i < multiples.length; i++) {
                multiples[i] = multiples[i - 1].dup().add(point);
            }
            return multiples;
        }
    }
}
