package io.pbts.protocol.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * The only class that speaks to the native library of secp256k1. All threads share its one context, which is safe only as
 * long as no argument is illegal: its binding lets the complaint of one call write into the stack of another. So sizes,
 * ranges and recovery ids are checked before anything comes here.
 */
final class LibSecp256k1 {

    /** Loads the library when the first key or signature is seen, and once. */
    private static final class Loaded {
        static final fr.acinq.secp256k1.Secp256k1 LIBRARY = load(fr.acinq.secp256k1.Secp256k1::get);
    }

    private LibSecp256k1() {}

    /**
     * What the loader loads.
     *
     * @throws UnsatisfiedLinkError naming the platform when the library is not there for it, or cannot be unpacked
     */
    static fr.acinq.secp256k1.Secp256k1 load(Supplier<fr.acinq.secp256k1.Secp256k1> loader) {
        try {
            return loader.get();
        } catch (LinkageError | RuntimeException e) {
            var error = new UnsatisfiedLinkError("no native libsecp256k1 for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ", or no place to unpack it: "
                    + System.getProperty("java.io.tmpdir"));
            error.initCause(e);
            throw error;
        }
    }

    /** The uncompressed key that made the signature; empty when r is no abscissa or the key would be infinity. */
    static Optional<Bytes> recover(int recoveryId, Bytes32 digest, Bytes compact) {
        try {
            return Optional.of(
                    Bytes.wrap(Loaded.LIBRARY.ecdsaRecover(compact.toArray(), digest.toArray(), recoveryId)));
        } catch (Secp256k1Exception _) {
            return Optional.empty();
        }
    }

    /** Whether the key made the signature; r and s are in their ranges and s is low. */
    static boolean verify(Bytes uncompressed, Bytes32 digest, Bytes compact) {
        return Loaded.LIBRARY.verify(compact.toArray(), digest.toArray(), uncompressed.toArray());
    }

    /** The uncompressed key for a compressed one; empty when its abscissa is none. */
    static Optional<Bytes> decompress(Bytes compressed) {
        try {
            return Optional.of(Bytes.wrap(Loaded.LIBRARY.pubkeyParse(compressed.toArray())));
        } catch (Secp256k1Exception _) {
            return Optional.empty();
        }
    }

    /** The compressed public key of a secret key. */
    static Bytes publicKey(Bytes32 secret) {
        return Bytes.wrap(Loaded.LIBRARY.pubKeyCompress(Loaded.LIBRARY.pubkeyCreate(secret.toArray())));
    }

    /** r and s, low, with the nonce of RFC 6979. */
    static Bytes sign(Bytes32 secret, Bytes32 digest) {
        return Bytes.wrap(Loaded.LIBRARY.sign(digest.toArray(), secret.toArray()));
    }
}
