package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Secp256k1.Recovery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

class Secp256k1Properties {

    @Property(tries = 2_000)
    void answersEverySixtyFiveBytes(
            @ForAll @Size(32) byte[] message, @ForAll @Size(64) byte[] scalars, @ForAll boolean odd) {
        scalars[32] &= 0x7f;
        Bytes signature = Bytes.concatenate(Bytes.wrap(scalars), Bytes.of(odd ? 28 : 27));
        assertThat(Secp256k1.recoverPersonal(Bytes32.wrap(message), signature))
                .isInstanceOfAny(Recovery.Signer.class, Recovery.Rejected.class);
    }

    @Property(tries = 1_000)
    void answersAnyBytes(@ForAll @Size(max = 80) byte[] signature) {
        assertThat(Secp256k1.recover(Bytes32.ZERO, Bytes.wrap(signature)))
                .isInstanceOfAny(Recovery.Signer.class, Recovery.Rejected.class);
    }

    @Property(tries = 200)
    void recoversWhoeverSigned(@ForAll @Size(31) byte[] secret, @ForAll @Size(32) byte[] message) {
        secret[0] |= 1;
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.wrap(secret)));
        Bytes32 digest = Bytes32.wrap(message);
        assertThat(Secp256k1.recover(digest, key.sign(digest))).isEqualTo(new Recovery.Signer(key.address()));
    }
}
