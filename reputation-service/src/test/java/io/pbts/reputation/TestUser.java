package io.pbts.reputation;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.RegistrationMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a name and a key that nobody else in the run has. */
public record TestUser(String name, BlsSecretKey key) {
    private static final AtomicInteger USERS = new AtomicInteger(1000);

    public static TestUser fresh() {
        int number = USERS.incrementAndGet();
        return new TestUser("user-" + number, keyNumber(number));
    }

    public static BlsSecretKey keyNumber(int number) {
        return BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.ofUnsignedInt(number)));
    }

    public String publicKey() {
        return key.publicKey().bytes().toBase64String();
    }

    public String signature(InstanceId instance) {
        var message = new RegistrationMessage(instance, new UserId(name)).signedBytes();
        return Bls.sign(key, message).bytes().toBase64String();
    }

    public String proof() {
        return Bls.provePossession(key).bytes().toBase64String();
    }

    /** The body of a registration that is right in every field. */
    public Map<String, Object> form(InstanceId instance) {
        var form = unsignedForm();
        form.put("signature", signature(instance));
        form.put("proof_of_possession", proof());
        return form;
    }

    public Map<String, Object> unsignedForm() {
        var form = new LinkedHashMap<String, Object>();
        form.put("user_id", name);
        form.put("public_key", publicKey());
        return form;
    }

    public static String json(Map<String, Object> form) {
        return new JsonMapper().writeValueAsString(form);
    }
}
