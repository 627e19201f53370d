package io.pbts.announce.wallet;

import io.pbts.announce.swarm.SwarmKey;
import java.time.Clock;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose peer ids are bound, as announces ask: in memory, without a lock. Peer ids are public and prove nothing, so a binding
 * holds against others only once it is firm: for so long that a client which used the id before must have announced meanwhile.
 * When another account does announce a younger one, the id was not the binder's, and the binding ends.
 */
public final class BoundPeers {
    private final ConcurrentHashMap<SwarmKey, Binding> bindings = new ConcurrentHashMap<>();
    private final Queue<Binding> contested = new ConcurrentLinkedQueue<>();
    private final Clock clock;

    BoundPeers(Clock clock) {
        this.clock = clock;
    }

    /**
     * A bound peer id.
     *
     * @param peerId its 20 bytes; not to be changed
     * @param boundAt in milliseconds since 1970
     * @param firmAt when it begins to hold against others
     * @param endsAt when it is over
     * @param changedIn the transaction that made it so; an older one does not undo a newer one
     */
    record Binding(SwarmKey peerId, long account, long boundAt, long firmAt, long endsAt, long changedIn) {}

    /** Whether there are none, so that nobody need look. */
    public boolean isEmpty() {
        return bindings.isEmpty();
    }

    /** Whether the account may not announce with this peer id, because it is firmly another one's. */
    public boolean refuses(SwarmKey peerId, long account) {
        Binding binding = bindings.get(peerId);
        if (binding == null || binding.account == account) {
            return false;
        }
        long now = clock.millis();
        if (binding.endsAt <= now) {
            return false;
        }
        if (binding.firmAt <= now) {
            return true;
        }
        if (bindings.remove(binding.peerId, binding)) {
            contested.add(binding);
        }
        return false;
    }

    void apply(Binding binding) {
        bindings.merge(binding.peerId, binding, (known, told) -> told.changedIn() < known.changedIn() ? known : told);
    }

    /** Forgets those that are over. */
    void expire() {
        long now = clock.millis();
        bindings.values().removeIf(binding -> binding.endsAt <= now);
    }

    /** One that another account has shown not to be its binder's; somebody must end it for good. */
    Optional<Binding> nextContested() {
        return Optional.ofNullable(contested.peek());
    }

    /** It has ended for good. */
    void settled(Binding binding) {
        contested.remove(binding);
    }

    @Nullable
    Binding find(SwarmKey peerId) {
        return bindings.get(peerId);
    }
}
