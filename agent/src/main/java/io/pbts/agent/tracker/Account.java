package io.pbts.agent.tracker;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.receipt.InstanceId;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tracker gave at registration. Holds the passkey, so its text belongs into a private file.
 *
 * @param tracker where the gateway is
 * @param instance the tracker that the account is of
 * @param announceUrl holds the passkey
 */
public record Account(URI tracker, String userId, InstanceId instance, String passkey, URI announceUrl) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public Account {
        new UserId(userId);
    }

    /** Reads {@link #toJson}. */
    public static Account parse(String json) {
        try {
            JsonNode account = JSON.readTree(json);
            return new Account(
                    URI.create(account.path("tracker").asString("")),
                    account.path("user_id").asString(""),
                    InstanceId.fromHex(account.path("instance_id").asString("")),
                    account.path("passkey").asString(""),
                    URI.create(account.path("announce_url").asString("")));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not an account file", e);
        }
    }

    /**
     * What an answer with a passkey opened or renewed.
     *
     * @throws IOException when there is no passkey in it
     */
    static Account of(URI tracker, String userId, InstanceId instance, JsonNode said) throws IOException {
        try {
            String passkey = said.path("passkey").asString("");
            URI announceUrl = URI.create(said.path("announce_url").asString(""));
            if (passkey.isEmpty() || announceUrl.getHost() == null) {
                throw new IOException("the tracker's answer is no account");
            }
            return new Account(tracker, userId, instance, passkey, announceUrl);
        } catch (IllegalArgumentException e) {
            throw new IOException("the tracker's answer is no account", e);
        }
    }

    /** The wallet whose address is the account's name, and whose key is its key; empty for an account with a BLS key. */
    public Optional<EthereumAddress> wallet() {
        return new UserId(userId).isAddressShaped() ? Optional.of(EthereumAddress.parse(userId)) : Optional.empty();
    }

    public String toJson() {
        ObjectNode account = JSON.createObjectNode();
        account.put("tracker", tracker.toString());
        account.put("user_id", userId);
        account.put("instance_id", instance.hex());
        account.put("passkey", passkey);
        account.put("announce_url", announceUrl.toString());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(account) + "\n";
    }

    /** Leaves the passkey out. */
    @Override
    public String toString() {
        return "Account[" + userId + " at " + tracker + "]";
    }
}
