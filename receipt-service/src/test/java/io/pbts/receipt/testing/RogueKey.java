package io.pbts.receipt.testing;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import java.math.BigInteger;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import supranational.blst.P1;
import supranational.blst.P1_Affine;

/**
 * The key {@code a G - pk_victim}: nobody knows its secret, and yet whoever knows {@code a} can sign for both together
 * (Ristenpart and Yilek 2007).
 */
public record RogueKey(BlsSecretKey attacker, BlsPublicKey victim, BlsPublicKey publicKey) {
    private static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    public static RogueKey against(Peer victim) {
        BlsSecretKey attacker = World.secret();
        P1 difference = new P1(point(attacker.publicKey().bytes()));
        difference.add(new P1(point(victim.key().bytes())).neg());
        return new RogueKey(
                attacker, BlsPublicKey.of(victim.key()), BlsPublicKey.of(Bytes.wrap(difference.compress())));
    }

    /** Two signatures that are wrong each for itself and right in their sum. */
    public record Forgery(List<BlsMessage> claims, BlsSignature ofVictim, BlsSignature ofRogue) {
        public BlsSignature sum() {
            return Bls.aggregate(List.of(ofVictim, ofRogue));
        }
    }

    public Forgery forge(Bytes message) {
        BlsSecretKey part = World.secret();
        BigInteger rest = attacker.expose()
                .toUnsignedBigInteger()
                .subtract(part.expose().toUnsignedBigInteger())
                .mod(ORDER);
        BlsSecretKey other = BlsSecretKey.fromBytes(
                Bytes32.leftPad(Bytes.wrap(rest.toByteArray()).trimLeadingZeros()));
        return new Forgery(
                List.of(new BlsMessage(victim, message), new BlsMessage(publicKey, message)),
                Bls.sign(part, message),
                Bls.sign(other, message));
    }

    private static P1_Affine point(Bytes key) {
        return new P1_Affine(key.toArray());
    }
}
