package io.pbts.agent.tracker;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a tracker's gateway. {@link IOException} means that nobody answered, {@link Refused} that the answer was no. */
public final class TrackerApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSKEY = "X-PBTS-Passkey";

    private final Gateway gateway;

    /** @param tracker {@code http} or {@code https}; a path before that of each route is kept */
    public TrackerApi(URI tracker) {
        this.gateway = new Gateway(tracker);
    }

    /** Sessions, and accounts of wallets. */
    public SignIn signIn() {
        return new SignIn(gateway);
    }

    /** Torrents, for this account. */
    public Registry registry(Account account) {
        return new Registry(gateway, account);
    }

    /**
     * What the tracker says of itself.
     *
     * @param domain what receipts are signed for
     * @param earlier domains of contracts that it has left, whose receipts still count
     * @param maxReceipts that one report may have
     */
    public record Instance(InstanceId id, ReceiptDomain domain, List<ReceiptDomain> earlier, int maxReceipts) {

        public Instance {
            earlier = List.copyOf(earlier);
        }
    }

    public Instance instance() throws IOException, InterruptedException, Refused {
        JsonNode said = gateway.get("/api/v1/instance");
        try {
            return new Instance(
                    InstanceId.fromHex(said.path("instance_id").asString("")),
                    ReceiptDomain.fromHex(said.path("domain").asString("")),
                    said.path("earlier_domains")
                            .valueStream()
                            .map(left ->
                                    ReceiptDomain.fromHex(left.path("domain").asString("")))
                            .toList(),
                    Math.max(
                            1,
                            said.path("limits").path("max_receipts_per_report").asInt(1)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the tracker does not say who it is", e);
        }
    }

    /** Opens an account under this name for the key, whose possession is proven. */
    public Account register(UserId user, BlsSecretKey key) throws IOException, InterruptedException, Refused {
        InstanceId instance = instance().id();
        ObjectNode body = JSON.createObjectNode();
        body.put("user_id", user.value());
        body.put("public_key", key.publicKey().bytes().toBase64String());
        body.put(
                "signature",
                Bls.sign(key, new RegistrationMessage(instance, user).signedBytes())
                        .bytes()
                        .toBase64String());
        body.put("proof_of_possession", Bls.provePossession(key).bytes().toBase64String());
        return Account.of(
                gateway.url(),
                user.value(),
                instance,
                gateway.ask(gateway.post("/register", body).build()));
    }

    /** Totals and ratio of an account, as {@code GET /user} has them. */
    public JsonNode standing(String userId) throws IOException, InterruptedException, Refused {
        return gateway.get("/user/" + userId);
    }

    /** What the account's holder sees of it, as {@code GET /api/v1/account} has it. */
    public JsonNode account(String accessToken) throws IOException, InterruptedException, Refused {
        return gateway.ask(gateway.request("/api/v1/account")
                .header("Authorization", "Bearer " + accessToken)
                .GET()
                .build());
    }

    /**
     * Hands in receipts. Answers the code of each, in order.
     *
     * @param domain what all of them are signed for
     */
    public List<String> report(StatedReport report, ReceiptDomain domain, Account account)
            throws IOException, InterruptedException, Refused {
        JsonNode said = gateway.ask(gateway.request("/api/v1/reports?domain=" + domain.hex())
                .header("Content-Type", BinaryReport.MEDIA_TYPE)
                .header(PASSKEY, account.passkey())
                .POST(BodyPublishers.ofByteArray(BinaryReport.encode(report).toArrayUnsafe()))
                .build());
        List<String> codes = new ArrayList<>();
        said.path("results").forEach(result -> codes.add(result.path("code").asString("")));
        if (codes.size() != report.receipts().size()) {
            throw new IOException("the tracker's answer is not one result per receipt");
        }
        return codes;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
