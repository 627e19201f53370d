package io.pbts.protocol.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.account.UserId;
import org.apache.tuweni.bytes.Bytes;

/** What a key signs to register a name with a tracker: ASCII {@code "register" || instance id in hex || user id}. */
public record RegistrationMessage(InstanceId instance, UserId user) {

    public Bytes signedBytes() {
        return Bytes.wrap(("register" + instance.hex() + user.value()).getBytes(US_ASCII));
    }
}
