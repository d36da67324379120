package dev.andon.simulate;

import dev.andon.domain.Controller;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.util.List;

/**
 * One rollout as its CD system plans it, and what its program does.
 *
 * @param identity service account of the program
 * @param waves one per cluster
 */
public record RolloutPlan(
        String rolloutId,
        Workload workload,
        String revision,
        String identity,
        Controller controller,
        Agent agent,
        List<Wave> waves) {
    public RolloutPlan {
        waves = List.copyOf(waves);
    }

    /**
     * The rollout in one cluster.
     *
     * @param total places to update
     * @param start since the start of the scenario
     * @param length from the first place to the last; zero for all at once
     */
    public record Wave(String cluster, long total, Duration start, Duration length) {
        public Wave {
            if (total < 1)
                throw new IllegalArgumentException("a wave needs at least one place but " + cluster + " has " + total);
        }
    }

    /** @return a plan with the usual names: {@code name-revision}, a service account of the same name, Argo Rollouts */
    static RolloutPlan of(String kind, String namespace, String name, String revision, Agent agent, List<Wave> waves) {
        return new RolloutPlan(
                name + "-" + revision,
                new Workload(kind, namespace, name),
                "sha256:" + revision,
                "system:serviceaccount:" + namespace + ":" + name,
                new Controller("argo-rollouts", namespace + "/" + name),
                agent,
                waves);
    }
}
