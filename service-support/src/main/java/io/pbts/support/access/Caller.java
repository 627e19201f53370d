package io.pbts.support.access;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Who asks, as a verified token says. A controller method takes one as a parameter. */
public sealed interface Caller {
    /** Sent nothing, or a passkey, which the route's owner resolves. */
    record Anonymous(InetAddress address) implements Caller {
        @Override
        public Optional<InetAddress> origin() {
            return Optional.of(address);
        }
    }

    /**
     * Signed in, or holding an API key.
     *
     * @param scopes what the credential is good for; a session is good for all that its account may give to a key
     * @param credentialId the session's id, or the API key's name
     */
    record Account(
            InetAddress address,
            long accountId,
            String userId,
            Set<Scope> scopes,
            Credential credential,
            String credentialId)
            implements Caller {
        public Account {
            scopes = Set.copyOf(scopes);
            if (accountId < 1 || userId.isEmpty() || userId.length() > 64 || credentialId.length() > 128) {
                throw new IllegalArgumentException("not an account's caller: " + accountId);
            }
        }

        public boolean holds(Scope scope) {
            return credential == Credential.SESSION ? scope.isOwners() : scopes.contains(scope);
        }

        @Override
        public Optional<InetAddress> origin() {
            return Optional.of(address);
        }
    }

    /** The operator. */
    record Admin(InetAddress address) implements Caller {
        @Override
        public Optional<InetAddress> origin() {
            return Optional.of(address);
        }
    }

    /** A service on its own account. */
    record Sibling(String service) implements Caller {
        @Override
        public Optional<InetAddress> origin() {
            return Optional.empty();
        }
    }

    /** What an account showed. */
    enum Credential {
        SESSION("session"),
        API_KEY("api-key");

        private final String wire;

        Credential(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /** The address that the gateway saw at its socket; services have none. */
    Optional<InetAddress> origin();

    /** Whether the caller sits on the gateway's own machine. */
    default boolean isLoopback() {
        return origin().filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
