package dev.andon.connect.kubernetes;

import dev.andon.connect.common.Errand;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.Sender;
import dev.andon.connect.common.Together;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Halts in one cluster. A HALT is in force in every cluster of this sink for as long as it stands: where the rollout
 * arrives later, it is halted then.
 */
final class ClusterSender implements Sender {
    private static final Duration LOOK_FOR_ARRIVALS = Duration.ofSeconds(5);

    private final String cluster;
    private final ClusterApi api;
    private final RolloutDirectory directory;
    private final KubernetesSinkConfig config;

    ClusterSender(String cluster, ClusterApi api, RolloutDirectory directory, KubernetesSinkConfig config) {
        this.cluster = cluster;
        this.api = api;
        this.directory = directory;
        this.config = config;
    }

    @Override
    public String target() {
        return api.origin();
    }

    @Override
    public Optional<Outcome> check(Instant now) {
        return Optional.of(api.ping());
    }

    @Override
    public String plan(Signal signal) {
        String objects = here(rollout(signal)).stream().map(this::named).collect(Collectors.joining(", "));
        return switch (signal.getAction()) {
            case HALT ->
                "halt " + (objects.isEmpty() ? "nothing, the rollout is not known" : objects) + " in " + cluster;
            case CLEAR ->
                "restore " + (objects.isEmpty() ? "nothing, the rollout is not known" : objects) + " in " + cluster;
            case HOLD, ALARM, UNKNOWN -> "nothing: a " + signal.getAction() + " halts nothing";
        };
    }

    private String named(RolloutEvent event) {
        try {
            return Target.of(event, config.argo()).toString();
        } catch (IllegalArgumentException e) {
            return "nothing, because " + e.getMessage();
        }
    }

    @Override
    public Errand errand(Signal signal) {
        String rolloutId = rollout(signal);
        return switch (signal.getAction()) {
            case HALT -> new Halts(signal.getSignalId(), rolloutId);
            case CLEAR -> now -> clear(rolloutId);
            case HOLD, ALARM, UNKNOWN ->
                now -> Outcome.unconcerned("a " + signal.getAction() + " halts nothing in a cluster");
        };
    }

    private static String rollout(Signal signal) {
        return Objects.requireNonNullElse(signal.getRolloutId(), "");
    }

    private List<RolloutEvent> here(String rolloutId) {
        return directory.of(rolloutId).stream()
                .filter(event -> event.getCluster().equals(cluster))
                .toList();
    }

    private Outcome clear(String rolloutId) {
        if (directory.of(rolloutId).isEmpty()) {
            return RolloutOptions.unread(rolloutId);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (RolloutEvent event : here(rolloutId)) {
            try {
                outcomes.add(Release.of(Target.of(event, config.argo()), api, rolloutId));
            } catch (IllegalArgumentException e) {
                outcomes.add(Outcome.unconcerned("nothing was halted: " + e.getMessage()));
            }
        }
        return Together.all(outcomes).orElse(Outcome.unconcerned("the rollout is not in " + cluster));
    }

    /** All objects of one rollout in this cluster, each at its own stage. */
    private final class Halts implements Errand {
        private final String signalId;
        private final String rolloutId;
        private final Map<Target, Halt> halts = new HashMap<>();

        Halts(String signalId, String rolloutId) {
            this.signalId = signalId;
            this.rolloutId = rolloutId;
        }

        @Override
        public Outcome attempt(Instant now) {
            if (directory.of(rolloutId).isEmpty()) {
                return RolloutOptions.unread(rolloutId);
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (RolloutEvent event : here(rolloutId)) {
                try {
                    outcomes.add(halts.computeIfAbsent(
                                    Target.of(event, config.argo()),
                                    target -> new Halt(target, api, signalId, rolloutId, config))
                            .step(now));
                } catch (IllegalArgumentException e) {
                    outcomes.add(Outcome.unsendable(
                            Reason.UNSENDABLE, "rollout " + rolloutId + " cannot be halted: " + e.getMessage()));
                }
            }
            return Together.all(outcomes).orElseGet(() -> Outcome.unconcerned("the rollout is not in " + cluster)
                    .again(LOOK_FOR_ARRIVALS));
        }
    }
}
