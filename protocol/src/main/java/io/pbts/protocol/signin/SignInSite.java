package io.pbts.protocol.signin;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The tracker that asks for signatures: writes what wallets sign and knows what it wrote, so that both sides of a
 * challenge come from one place.
 *
 * @param publicUrl where the tracker is reached: a URI with a host, without query, fragment or user information
 * @param chainId of the chain whose wallets sign in
 */
public record SignInSite(AbsoluteUri publicUrl, long chainId, InstanceId instance) {

    public SignInSite {
        String text = publicUrl.text();
        if (publicUrl.authority().isEmpty() || text.indexOf('?') >= 0 || text.indexOf('#') >= 0 || text.contains("@")) {
            throw new IllegalArgumentException("not where a tracker is reached: " + text);
        }
        if (chainId < 1) {
            throw new IllegalArgumentException("not a chain id: " + chainId);
        }
    }

    /** The text for a wallet to sign; times in whole seconds, the expiration rounded down. */
    public SiweMessage challenge(
            SignedRequest request, EthereumAddress address, LoginNonce nonce, Instant issuedAt, Instant expires) {
        return new SiweMessage(
                Optional.empty(),
                domain(),
                address,
                Optional.of(request.statement(instance)),
                uri(request),
                chainId,
                nonce.hex(),
                SiweTime.of(issuedAt.truncatedTo(ChronoUnit.SECONDS)),
                Optional.of(SiweTime.of(expires.truncatedTo(ChronoUnit.SECONDS))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What must come back for a challenge with this nonce. */
    public SignInExpectation expects(SignedRequest request, EthereumAddress address, LoginNonce nonce) {
        return new SignInExpectation(
                publicUrl.scheme(), domain(), uri(request), chainId, request.statement(instance), address, nonce);
    }

    private Authority domain() {
        return publicUrl.authority().orElseThrow();
    }

    private AbsoluteUri uri(SignedRequest request) {
        String base = publicUrl.text();
        return new AbsoluteUri(base + (base.endsWith("/") ? "" : "/") + request.wireName());
    }
}
