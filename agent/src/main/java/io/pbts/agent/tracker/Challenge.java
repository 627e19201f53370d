package io.pbts.agent.tracker;

import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.LoginMessage;
import io.pbts.protocol.signin.MalformedSiweMessage;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.SiweMessage;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a tracker asks to sign, which is read before it is signed: a tracker that passes on the challenge of another one would
 * else get into an account there.
 *
 * @param site where we asked
 * @param instance the tracker that we mean
 * @param message text of EIP-4361, or a login message in hexadecimal digits
 */
record Challenge(URI site, InstanceId instance, SigningPurpose purpose, String nonce, String message) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** The signature in hexadecimal digits, a wallet's with {@code 0x}. */
    String sign(ReceiptSigner key) throws Refused {
        return switch (key) {
            case ReceiptSigner.OfBls(BlsSecretKey secret) -> {
                Bytes bytes = login(secret).signedBytes();
                yield Bls.sign(secret, bytes).bytes().toUnprefixedHexString();
            }
            case ReceiptSigner.OfWallet(Secp256k1SecretKey secret) -> {
                String text = siwe(secret).text();
                yield secret.sign(PersonalMessage.of(text)).toHexString();
            }
        };
    }

    private LoginMessage login(BlsSecretKey secret) throws Refused {
        Optional<LoginMessage> read;
        try {
            read = LoginMessage.parse(Bytes.fromHexString(message));
        } catch (IllegalArgumentException e) {
            read = Optional.empty();
        }
        return read.filter(login -> login.purpose() == purpose
                        && login.instance().equals(instance)
                        && login.key().equals(secret.publicKey())
                        && login.nonce().hex().equals(nonce))
                .orElseThrow(() -> Refused.here("what the tracker asks to sign is something else; nothing was signed"));
    }

    private SiweMessage siwe(Secp256k1SecretKey secret) throws Refused {
        SiweMessage read;
        try {
            read = SiweMessage.parse(message);
        } catch (MalformedSiweMessage e) {
            throw Refused.here("what the tracker asks to sign is no message of EIP-4361; nothing was signed");
        }
        if (!isSite(read.domain().text())) {
            throw Refused.here("the tracker asks to sign in at %s, not at %s; nothing was signed"
                    .formatted(read.domain(), site.getRawAuthority()));
        }
        if (!read.address().equals(secret.address())
                || !read.nonce().equals(nonce)
                || !read.statement().equals(Optional.of(purpose.statement(instance)))) {
            throw Refused.here("what the tracker asks to sign is something else; nothing was signed");
        }
        return read;
    }

    /** The names of this machine are one site. */
    private boolean isSite(String authority) {
        URI stated;
        try {
            stated = URI.create(site.getScheme() + "://" + authority);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return stated.getHost() != null
                && stated.getUserInfo() == null
                && port(stated) == port(site)
                && (name(stated).equals(name(site)) || (isHere(stated) && isHere(site)));
    }

    private static String name(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean isHere(URI url) {
        return LOOPBACK.matcher(name(url)).matches();
    }

    private static int port(URI url) {
        int usual = "https".equals(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 ? usual : url.getPort();
    }
}
