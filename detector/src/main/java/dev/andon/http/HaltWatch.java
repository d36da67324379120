package dev.andon.http;

import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import dev.andon.http.view.RolloutView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells which HALTs were seen to have taken: a sink said that the rollout stands still, or the rollout itself says that it was
 * stopped. A HALT that nobody sees taking is the case that needs a person. Thread-safe.
 */
final class HaltWatch {
    private static final int MOST = 10_000;
    private static final Set<Phase> STOPPED = Set.of(Phase.PAUSED, Phase.ABORTED, Phase.ROLLED_BACK, Phase.COMPLETED);

    private final Set<String> verified = new LinkedHashSet<>();

    synchronized void accept(Delivery delivery) {
        if (delivery.status() != Delivery.Status.VERIFIED) return;
        verified.add(delivery.signalId());
        if (verified.size() > MOST) verified.remove(verified.iterator().next());
    }

    /**
     * How many HALTs stand and were not seen to have taken.
     *
     * @param oldest age of the oldest of them; zero when there is none
     */
    record Unverified(int count, Duration oldest) {
        static final Unverified NONE = new Unverified(0, Duration.ZERO);

        private Unverified with(Duration age) {
            return new Unverified(count + 1, age.compareTo(oldest) > 0 ? age : oldest);
        }
    }

    synchronized Unverified among(Iterable<RolloutView> rollouts, Instant now) {
        Unverified result = Unverified.NONE;
        for (RolloutView rollout : rollouts) {
            Signal standing = rollout.standing().orElse(null);
            if (standing == null || standing.action() != Action.HALT) continue;
            if (STOPPED.contains(rollout.phase()) || verified.contains(standing.signalId())) continue;
            result = result.with(Duration.between(standing.time(), now));
        }
        return result;
    }
}
