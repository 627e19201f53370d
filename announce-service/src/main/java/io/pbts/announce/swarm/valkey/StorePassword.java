package io.pbts.announce.swarm.valkey;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.secret.Secret;
import reactor.core.publisher.Mono;

/** The mounted password as it is when a connection is made, for the user that the URL names; without a file the URL's own. */
final class StorePassword implements RedisCredentialsProvider {
    static final String FILE = "pbts.valkey.password";

    private final MountedSecrets secrets;
    private final RedisCredentialsProvider ofUrl;

    StorePassword(MountedSecrets secrets, RedisURI server) {
        this.secrets = secrets;
        this.ofUrl = server.getCredentialsProvider();
    }

    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        return secrets.find(FILE).map(this::withPassword).orElseGet(ofUrl::resolveCredentials);
    }

    private Mono<RedisCredentials> withPassword(Secret password) {
        return ofUrl.resolveCredentials().map(named -> RedisCredentials.just(named.getUsername(), password.reveal()));
    }
}
