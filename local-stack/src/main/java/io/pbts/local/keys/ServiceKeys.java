package io.pbts.local.keys;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every service a key of its own and everybody's public keys. What fits together is left as it is, also when a person
 * put it there; what is missing, half-written or without its other half is made again.
 */
public final class ServiceKeys {
    private static final String OWN = "pbts.service-key";
    private static final String EVERYBODYS = "pbts.service-keys";

    private final Secrets secrets;
    private final Map<String, String> foldersByService;

    /** @param foldersByService the folder's name for each service's name in tokens */
    public ServiceKeys(Secrets secrets, Map<String, String> foldersByService) {
        this.secrets = secrets;
        this.foldersByService = new LinkedHashMap<>(foldersByService);
    }

    /** Writes the public keys first: a private key whose other half nobody knows would be useless. */
    public void prepare() {
        List<PublicKeySet> sets = foldersByService.values().stream()
                .map(folder -> secrets.find(folder, EVERYBODYS).orElse(""))
                .map(PublicKeySet::read)
                .toList();
        var known = new PublicKeySet(
                sets.stream().flatMap(set -> set.entries().stream()).toList());
        var publics = new ArrayList<PublicKeyEntry>();
        var fresh = new LinkedHashMap<String, PrivateKey>();
        foldersByService.forEach((service, folder) -> {
            Optional<PublicKeyEntry> kept = secrets.find(folder, OWN)
                    .flatMap(PrivateKeyFile::read)
                    .flatMap(secret -> known.twinOf(service, secret));
            if (kept.isPresent()) {
                publics.add(kept.get());
            } else {
                KeyPair pair = pair();
                publics.add(PublicKeyEntry.of(service, (ECPublicKey) pair.getPublic()));
                fresh.put(folder, pair.getPrivate());
            }
        });
        publish(publics);
        fresh.forEach((folder, secret) -> secrets.put(folder, OWN, PrivateKeyFile.text(secret)));
    }

    /** Makes the next key of every service and publishes it beside the present one, which still signs. */
    public void add() {
        var publics = new ArrayList<PublicKeyEntry>();
        foldersByService.keySet().forEach(service -> {
            KeyPair pair = pair();
            publics.add(PublicKeyEntry.of(service, (ECPublicKey) pair.getPublic()));
            secrets.put(Secrets.NEXT, nameOfNext(service), PrivateKeyFile.text(pair.getPrivate()));
        });
        for (String folder : foldersByService.values()) {
            var all = new ArrayList<>(published(folder).entries());
            all.addAll(publics);
            secrets.put(folder, EVERYBODYS, new PublicKeySet(all).json());
        }
    }

    /** Whether next keys were made and are not used yet. */
    public boolean hasNext() {
        return foldersByService.keySet().stream().anyMatch(service -> secrets.find(Secrets.NEXT, nameOfNext(service))
                .isPresent());
    }

    /** Every service signs with its next key from now on. Begun once and broken off, it goes on where it was. */
    public void use() {
        foldersByService.forEach((service, folder) -> secrets.find(Secrets.NEXT, nameOfNext(service))
                .ifPresent(next -> {
                    secrets.put(folder, OWN, next);
                    secrets.remove(Secrets.NEXT, nameOfNext(service));
                }));
    }

    /** Leaves only the public keys that somebody signs with. */
    public void drop() {
        var used = new ArrayList<PublicKeyEntry>();
        foldersByService.forEach((service, folder) -> secrets.find(folder, OWN)
                .flatMap(PrivateKeyFile::read)
                .flatMap(secret -> published(folder).twinOf(service, secret))
                .ifPresent(used::add));
        if (used.size() != foldersByService.size()) {
            throw new Trouble("not every service's private key is among the public ones; nothing was dropped");
        }
        foldersByService.values().forEach(folder -> secrets.put(folder, EVERYBODYS, new PublicKeySet(used).json()));
    }

    private PublicKeySet published(String folder) {
        return PublicKeySet.read(secrets.find(folder, EVERYBODYS).orElse(""));
    }

    private static String nameOfNext(String service) {
        return service + "." + OWN;
    }

    private void publish(List<PublicKeyEntry> publics) {
        for (String folder : foldersByService.values()) {
            if (!published(folder).entries().containsAll(publics)) {
                secrets.put(folder, EVERYBODYS, new PublicKeySet(publics).json());
            }
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
