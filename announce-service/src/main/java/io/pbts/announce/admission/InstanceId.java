package io.pbts.announce.admission;

import java.util.Optional;
import java.util.regex.Pattern;

/** The suite's identity, which reputation-service owns. Unknown until it could be asked once; never changes after. */
public final class InstanceId {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private volatile Optional<String> hex = Optional.empty();

    /** 64 hexadecimal digits. */
    public Optional<String> hex() {
        return hex;
    }

    void learn(String instanceId) {
        if (FORM.matcher(instanceId).matches()) {
            hex = Optional.of(instanceId);
        }
    }
}
