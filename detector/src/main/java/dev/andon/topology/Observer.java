package dev.andon.topology;

import dev.andon.decide.ClusterReport;
import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.RejectReason;
import java.time.Duration;

/** Told what passes through the topology, for metrics. Called from several threads; must neither block nor throw. */
public interface Observer {
    /** For tests and for replay, where nobody looks at metrics. */
    Observer NONE = new Observer() {
        @Override
        public void accepted(Topic from) {}

        @Override
        public void rejected(Topic from, RejectReason reason) {}

        @Override
        public void changePoint(Evidence.Kind kind) {}

        @Override
        public void signal(Action action, Duration delay) {}

        @Override
        public void health(String cluster, ClusterReport.Health health) {}

        @Override
        public void released(String cluster) {}
    };

    /** An input was read and handed to the decision. */
    void accepted(Topic from);

    /** An input was refused; it is in the dead letters. */
    void rejected(Topic from, RejectReason reason);

    /** A change point was written. */
    void changePoint(Evidence.Kind kind);

    /**
     * A signal was written.
     *
     * @param delay from the newest sample that had been seen to the moment of writing; not negative
     */
    void signal(Action action, Duration delay);

    /** What is believed of a cluster that this instance watches; also told when its state has been restored. */
    void health(String cluster, ClusterReport.Health health);

    /** The cluster is watched by this instance no longer. */
    void released(String cluster);
}
