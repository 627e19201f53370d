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
    static final String PASSKEY_KEY = "pbts.passkey-key";
    static final String ACKNOWLEDGEMENT_KEY = "pbts.acknowledgement-key";
    static final String ADMIN_KEY = "pbts.admin-key";
    static final String APP_PASSWORD = "pbts.db.app-password";
    static final String OWNER_PASSWORD = "pbts.db.owner-password";
    private static final String SETTLER_KEY = "pbts.chain.settler-key";

    private final Secrets secrets;

    public ServiceSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Makes what is missing, for a development chain, and returns the database passwords by role. */
    public Map<String, String> prepare() {
        putDevelopmentSettler();
        return prepareWithoutChain();
    }

    /** Makes what is missing but the settler's key, which only its owner has; returns the database passwords by role. */
    public Map<String, String> prepareWithoutChain() {
        var passwords = new TreeMap<String, String>();
        for (Service service : Service.WITH_DATABASE) {
            passwords.put(service.schema() + "_owner", secrets.generated(service.part(), OWNER_PASSWORD));
            passwords.put(service.schema() + "_app", secrets.generated(service.part(), APP_PASSWORD));
        }
        String passkeyKey = secrets.generated(Service.REPUTATION.part(), PASSKEY_KEY);
        secrets.put(Service.ANNOUNCE.part(), PASSKEY_KEY, passkeyKey);
        secrets.put(Service.RECEIPT.part(), PASSKEY_KEY, passkeyKey);
        secrets.generated(Service.RECEIPT.part(), ACKNOWLEDGEMENT_KEY);
        secrets.generated(Service.GATEWAY.part(), ADMIN_KEY);
        serviceKeys().prepare();
        return passwords;
    }

    /** The settler is the first account of a development chain; contract-service refuses it on any other. */
    public void putDevelopmentSettler() {
        secrets.put(Service.CONTRACT.part(), SETTLER_KEY, Anvil.DEV_KEY);
    }

    /** The same where nobody has put a key of his own there. */
    public void putDevelopmentSettlerIfNone() {
        if (secrets.find(Service.CONTRACT.part(), SETTLER_KEY).isEmpty()) {
            putDevelopmentSettler();
        }
    }

    /** Where the operator finds the key of the admin port. */
    public Path adminKeyFile() {
        return folder(Service.GATEWAY).resolve(ADMIN_KEY);
    }

    public Path folder(Service service) {
        return secrets.folder(service.part());
    }

    ServiceKeys serviceKeys() {
        var folders = new LinkedHashMap<String, String>();
        for (Service service : Service.values()) {
            folders.put(service.schema(), service.part());
        }
        return new ServiceKeys(secrets, folders);
    }
}
