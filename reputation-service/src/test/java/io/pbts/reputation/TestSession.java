package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** A session as its client holds it, and as the gateway speaks for it. */
public record TestSession(String accessToken, String refreshToken) {

    /** From the answer of a sign-in or a refresh. */
    public static TestSession of(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return new TestSession(reply.text("access_token"), reply.text("refresh_token"));
    }

    public JWTClaimsSet claims() {
        try {
            return SignedJWT.parse(accessToken).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    public long accountId() {
        return Long.parseLong(claims().getSubject());
    }

    public String id() {
        return String.valueOf(claims().getClaim("sid"));
    }

    /** What the gateway makes of the access token. */
    public TestToken token() {
        return TestKeys.token("gateway", "reputation")
                .with(
                        "caller",
                        Map.of(
                                "kind", "account",
                                "address", "192.0.2.1",
                                "account_id", claims().getSubject(),
                                "user_id", String.valueOf(claims().getClaim("user_id")),
                                "scopes", List.of(),
                                "credential", "session",
                                "credential_id", id()));
    }

    public Map<String, Object> refreshForm() {
        return Map.of("refresh_token", refreshToken);
    }
}
