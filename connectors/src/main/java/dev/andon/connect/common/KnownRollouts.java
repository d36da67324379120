package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last events of the 50 000 rollouts that were heard of last. Safe for several threads. */
final class KnownRollouts implements RolloutDirectory {
    private static final int MOST = 50_000;

    private record Place(String cluster, Workload workload) {}

    private final Map<String, Map<Place, RolloutEvent>> rollouts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Place, RolloutEvent>> eldest) {
            return size() > MOST;
        }
    };

    synchronized void heard(RolloutEvent event) {
        rollouts.computeIfAbsent(event.getRolloutId(), any -> new LinkedHashMap<>())
                .merge(
                        new Place(event.getCluster(), event.getWorkload()),
                        event,
                        (known, now) -> now.getTime().isBefore(known.getTime()) ? known : now);
    }

    @Override
    public synchronized List<RolloutEvent> of(String rolloutId) {
        return List.copyOf(rollouts.getOrDefault(rolloutId, Map.of()).values());
    }
}
