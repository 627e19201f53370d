package io.pbts.reputation.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A context per test, so that nothing is remembered of the neighbours. */
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
@TestPropertySource(properties = {"pbts.neighbours.facts-for=0s", "spring.datasource.hikari.maximum-pool-size=2"})
class PublicInstanceTest extends RunningService {
    private static final String CONTRACT = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

    private static final String EARLIER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private static final String LONG_AGO = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

    private static final String KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    @BeforeEach
    void neighboursAreThere() {
        NEIGHBOURS.answers("/internal/v1/swarms", """
                {"total_torrents":3,"total_peers":17,"max_peers":50}""");
        NEIGHBOURS.answers("/internal/v1/chain", """
                {"chain_id":31337,"settlement_address":"%s","factory_address":"%s","connected":true}""".formatted(CONTRACT, CONTRACT));
        NEIGHBOURS.answers("/internal/v1/limits", """
                {"kinds":["v2-bls","http-v1"],"windows":{"v2-bls":{"past_seconds":604800,"future_seconds":120}},
                "max_receipts_per_report":1024,"max_report_bytes":2097152,"acknowledgement_keys":["%s"]}""".formatted(KEY));
    }

    @Test
    void aClientLearnsAllThatItSignsFor() {
        Reply reply = get("/api/v1/instance");

        assertThat(reply.status()).isEqualTo(200);
        var id = InstanceId.fromHex(reply.text("instance_id"));
        assertThat(reply.body().path("chain_id").asLong()).isEqualTo(31337);
        assertThat(reply.text("settlement_contract")).isEqualTo(CONTRACT);
        assertThat(reply.text("domain"))
                .isEqualTo(ReceiptDomain.of(31337, EthereumAddress.parse(CONTRACT), id)
                        .hex());
        assertThat(reply.body().path("kinds").toString()).isEqualTo("[\"v2-bls\",\"http-v1\"]");
        assertThat(reply.body().path("windows").toString())
                .isEqualTo("{\"v2-bls\":{\"past_seconds\":604800,\"future_seconds\":120}}");
        assertThat(reply.body().path("limits").toString())
                .isEqualTo("{\"max_receipts_per_report\":1024,\"max_report_bytes\":2097152}");
        assertThat(reply.body().path("acknowledgement_keys").toString()).isEqualTo("[\"%s\"]".formatted(KEY));
        assertThat(reply.body().path("min_ratio").toString()).isEqualTo("0.5");
        assertThat(reply.body().path("initial_credit").toString())
                .isEqualTo("{\"policy\":\"always\",\"bytes\":1073741824}");
    }

    @Test
    void afterASuccessorBothDomainsAreToldForAWindow() {
        long leftAt = Instant.now().getEpochSecond() - 3600;
        NEIGHBOURS.answers("/internal/v1/chain", """
                {"chain_id":31337,"settlement_address":"%s","connected":true,"earlier":[
                {"settlement_address":"%s","left_at":%d},{"settlement_address":"%s","left_at":%d}]}""".formatted(CONTRACT, EARLIER, leftAt, LONG_AGO, leftAt - 604_800));
        Reply reply = get("/api/v1/instance");

        var id = InstanceId.fromHex(reply.text("instance_id"));
        assertThat(reply.text("settlement_contract")).isEqualTo(CONTRACT);
        assertThat(reply.body().path("earlier_domains").size()).isEqualTo(1);
        assertThat(reply.body().at("/earlier_domains/0/settlement_contract").asString())
                .isEqualTo(EARLIER);
        assertThat(reply.body().at("/earlier_domains/0/domain").asString())
                .isEqualTo(ReceiptDomain.of(31337, EthereumAddress.parse(EARLIER), id)
                        .hex());
        assertThat(reply.body().at("/earlier_domains/0/until").asLong()).isEqualTo(leftAt + 604_800);
    }

    @Test
    void aSuccessorIsToldOnceEveryServiceKnowsIt() {
        NEIGHBOURS.answers("/internal/v1/chain", """
                {"chain_id":31337,"settlement_address":"%s","connected":true,"earlier":[
                {"settlement_address":"%s","left_at":%d}]}""".formatted(
                        CONTRACT, EARLIER, Instant.now().getEpochSecond() + 600));

        Reply reply = get("/api/v1/instance");
        assertThat(reply.text("settlement_contract")).isEqualTo(EARLIER);
        assertThat(reply.body().path("earlier_domains").isEmpty()).isTrue();
    }

    @Test
    void whatWasKnownOnceIsShownWhileItsOwnerIsAway() {
        String known = get("/api/v1/instance").body().toString();
        NEIGHBOURS.isAway();

        assertThat(get("/api/v1/instance").body().toString()).isEqualTo(known);
    }

    @Test
    void whatWasNeverKnownIs503WithRetryAfter() {
        NEIGHBOURS.isAway();

        Reply reply = get("/api/v1/instance");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.text("code")).isEqualTo("unavailable");
    }

    @Test
    void anAnswerThatMakesNoSenseIsNoAnswer() {
        NEIGHBOURS.answers("/internal/v1/chain", """
                {"chain_id":31337,"settlement_address":null}""");

        assertThat(get("/api/v1/instance").status()).isEqualTo(503);
    }

    @Test
    void statsCountTorrentsAndPeersAsTheirOwnerDoes() {
        Reply reply = get("/stats");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().propertyNames())
                .containsExactly("instance_id", "total_torrents", "total_peers", "total_users", "min_ratio");
        assertThat(reply.body().path("total_torrents").asLong()).isEqualTo(3);
        assertThat(reply.body().path("total_peers").asLong()).isEqualTo(17);
        assertThat(reply.body().path("min_ratio").toString()).isEqualTo("0.5");
        assertThat(reply.text("instance_id")).matches("[0-9a-f]{64}");
    }

    @Test
    void statsAre503WhileAnnounceServiceIsAway() {
        NEIGHBOURS.isAway();

        Reply reply = get("/stats");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.body().path("success").asBoolean(true)).isFalse();
    }
}
