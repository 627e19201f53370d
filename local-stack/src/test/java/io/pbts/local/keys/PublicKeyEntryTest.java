package io.pbts.local.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PublicKeyEntryTest {
    /** One in 128 has a coordinate that starts with a zero byte. */
    private static final int KEYS = 600;

    @Test
    void isWhatAnotherLibraryMakesOfTheSameKey() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        for (int key = 0; key < KEYS; key++) {
            var pair = generator.generateKeyPair();
            var entry = PublicKeyEntry.of("receipt", (ECPublicKey) pair.getPublic());
            var theirs = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();

            assertThat(entry.x()).isEqualTo(theirs.getX().toString());
            assertThat(entry.y()).isEqualTo(theirs.getY().toString());
            assertThat(entry.kid())
                    .isEqualTo("receipt."
                            + HexFormat.of()
                                    .formatHex(theirs.computeThumbprint().decode(), 0, 8));
            assertThat(entry.isTwinOf(pair.getPrivate())).isTrue();
            assertThat(entry.isTwinOf(generator.generateKeyPair().getPrivate())).isFalse();
        }
    }

    @Test
    void survivesItsFileAndIsReadByAnotherLibrary() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var entry = PublicKeyEntry.of(
                "gateway", (ECPublicKey) generator.generateKeyPair().getPublic());
        String json = new PublicKeySet(java.util.List.of(entry)).json();

        assertThat(PublicKeySet.read(json).entries()).containsExactly(entry);
        var theirs = JWKSet.parse(json).getKeyByKeyId(entry.kid()).toECKey();
        assertThat(theirs.getCurve()).isEqualTo(Curve.P_256);
        assertThat(theirs.isPrivate()).isFalse();
    }

    @Test
    void refusesCoordinatesOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PublicKeyEntry("gateway", "AAAA", "AAAA"));
    }
}
