package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.TransactionEncoder;

/** The one key that writes to the chain. Signs, and never shows itself. */
public final class SettlerKey {
    private static final Pattern FORM = Pattern.compile("(0x)?[0-9a-fA-F]{64}");
    private static final Pattern ZERO = Pattern.compile("(0x)?0+");

    private final Credentials credentials;
    private final EthereumAddress address;

    private SettlerKey(Credentials credentials) {
        this.credentials = credentials;
        this.address = EthereumAddress.parse(credentials.getAddress());
    }

    /**
     * The key in 64 hexadecimal digits. No message here repeats them.
     *
     * @throws IllegalStateException when it is none, or one that everybody knows on a chain with value
     */
    static SettlerKey parse(String hex, long chainId) {
        String digits = hex.strip();
        if (!FORM.matcher(digits).matches() || ZERO.matcher(digits).matches()) {
            throw new IllegalStateException(
                    "The secret %s is missing or not 64 hexadecimal digits. Put the settler's private key there."
                            .formatted(SettlerSecret.PLAIN));
        }
        return of(Credentials.create(digits), SettlerSecret.PLAIN, chainId);
    }

    /** @param secret where it comes from */
    static SettlerKey of(Credentials credentials, String secret, long chainId) {
        SettlerKey key = new SettlerKey(credentials);
        if (DevChain.everybodyHasTheKeyOf(key.address) && !DevChain.ids().contains(chainId)) {
            throw new IllegalStateException(
                    "The secret %s is a well-known development key (%s) and the chain id is %d: anybody could write as this tracker. Use a key of your own."
                            .formatted(secret, key.address, chainId));
        }
        return key;
    }

    public EthereumAddress address() {
        return address;
    }

    /** The bytes to broadcast; the same transaction gives the same bytes (RFC 6979). */
    public Bytes sign(UnsignedTransaction transaction) {
        return Bytes.wrap(TransactionEncoder.signMessage(transaction.raw(), credentials));
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
