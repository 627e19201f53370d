package io.pbts.local.service;

import io.pbts.local.chain.Anvil;
import io.pbts.local.directory.Secrets;
import io.pbts.local.keys.ServiceKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who gets which secret: each service its own passwords and token key, three the passkey key, one the chain key, one the key of
 * acknowledgements, the gateway the operator's key.
 */
public final class ServiceSecrets {
    private static final String PASSKEY_KEY = "pbts.passkey-key";
    private static final String ADMIN_KEY = "pbts.admin-key";

    private final Secrets secrets;

    public ServiceSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Makes what is missing and returns the database passwords by role. */
    public Map<String, String> prepare() {
        var passwords = new TreeMap<String, String>();
        for (Service service : Service.WITH_DATABASE) {
            passwords.put(service.schema() + "_owner", secrets.generated(service.part(), "pbts.db.owner-password"));
            passwords.put(service.schema() + "_app", secrets.generated(service.part(), "pbts.db.app-password"));
        }
        String passkeyKey = secrets.generated(Service.REPUTATION.part(), PASSKEY_KEY);
        secrets.put(Service.ANNOUNCE.part(), PASSKEY_KEY, passkeyKey);
        secrets.put(Service.RECEIPT.part(), PASSKEY_KEY, passkeyKey);
        secrets.generated(Service.RECEIPT.part(), "pbts.acknowledgement-key");
        secrets.put(Service.CONTRACT.part(), "pbts.chain.settler-key", Anvil.DEV_KEY);
        secrets.generated(Service.GATEWAY.part(), ADMIN_KEY);
        serviceKeys().prepare();
        return passwords;
    }

    /** Where the operator finds the key of the admin port. */
    public Path adminKeyFile() {
        return folder(Service.GATEWAY).resolve(ADMIN_KEY);
    }

    public Path folder(Service service) {
        return secrets.folder(service.part());
    }

    private ServiceKeys serviceKeys() {
        var folders = new LinkedHashMap<String, String>();
        for (Service service : Service.values()) {
            folders.put(service.schema(), service.part());
        }
        return new ServiceKeys(secrets, folders);
    }
}
