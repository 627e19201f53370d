package io.pbts.receipt.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.Neighbours.Owner;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.World;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody may ask how far colluders get on this tracker. */
class BoundRouteTest extends ProductionTracker {
    private static final long TIB = 1L << 40;

    @Test
    void printsTheBoundOfTheRunningConfiguration() {
        Reply reply = http.asStranger().get("/api/v1/policy/bound");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("identities").asInt()).isEqualTo(2);
        assertThat(reply.json().path("days").asInt()).isEqualTo(1);
        assertThat(reply.json().path("min_ratio").asString()).isEqualTo("0.5");
        assertThat(reply.json().path("credit_bytes").asLong()).isEqualTo(World.GIB);
        assertThat(reply.json().path("overdraft_bytes").asLong()).isEqualTo(World.OVERDRAFT);
        assertThat(reply.json().path("pair_cap_bytes").asLong()).isEqualTo(TIB);
        assertThat(reply.json().path("catalogue_bytes").bigIntegerValue()).isEqualTo(Neighbours.CATALOGUE);
        assertThat(reply.json().path("washable_bytes").asLong()).isEqualTo(2 * TIB);
        long gain = 4 * (World.GIB + World.OVERDRAFT) + 2 * TIB;
        assertThat(reply.json().path("gain_bytes").asLong()).isEqualTo(gain);
        assertThat(reply.json().path("meaning").asString()).contains("2 accounts", String.valueOf(gain));
    }

    @Test
    void countsAsManyIdentitiesAndDaysAsAreAskedFor() {
        Reply reply = http.get("/api/v1/policy/bound?identities=1000000&days=3650");
        BigInteger k = BigInteger.valueOf(1_000_000);
        assertThat(reply.json().path("washable_bytes").bigIntegerValue())
                .isEqualTo(k.multiply(k.subtract(BigInteger.ONE))
                        .multiply(BigInteger.valueOf(3650 * TIB))
                        .min(k.multiply(Neighbours.CATALOGUE)
                                .multiply(BigInteger.valueOf(5)))); // each torrent may be paid for again four times
        assertThat(reply.json().path("gain_bytes").bigIntegerValue().bitLength())
                .isGreaterThan(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identities=0",
                "identities=1000001",
                "identities=-1",
                "identities=two",
                "days=0",
                "days=3651",
                "days=1.5",
                "days=99999999999"
            })
    void refusesWhatItCannotCount(String query) {
        Reply reply = http.get("/api/v1/policy/bound?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asString()).isEqualTo("invalid-parameter");
    }

    @ParameterizedTest
    @EnumSource(names = {"REPUTATION", "ANNOUNCE"})
    void saysNothingWhileAnOwnerOfAFactIsAway(Owner owner) {
        NEIGHBOURS.goAway(owner);
        eventually(() -> http.get("/api/v1/policy/bound").status() == 503); // an answer counts for 50 ms
        Reply reply = http.get("/api/v1/policy/bound");
        assertThat(reply.json().path("code").asString()).isEqualTo("unavailable");
        assertThat(reply.header("Retry-After")).isNotEmpty();
        NEIGHBOURS.comeBack();
        eventually(() -> http.get("/api/v1/policy/bound").status() == 200);
    }
}
