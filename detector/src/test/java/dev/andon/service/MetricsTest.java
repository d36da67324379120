package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.ClusterReport;
import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.RejectReason;
import dev.andon.topology.Topic;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void countsWhatPassesThroughUnderStableNames() {
        metrics.accepted(Topic.DNS_ERRORS);
        metrics.accepted(Topic.DNS_ERRORS);
        metrics.rejected(Topic.ROLLOUTS, RejectReason.FROM_THE_FUTURE);
        metrics.changePoint(Evidence.Kind.SHIFT);
        metrics.signal(Action.HALT, Duration.ofMillis(300));
        assertThat(metrics.scrape())
                .contains("andon_inputs_total{topic=\"dns-errors\"} 2.0")
                .contains("andon_rejected_total{reason=\"from_the_future\",topic=\"rollouts\"} 1.0")
                .contains("andon_change_points_total{kind=\"shift\"} 1.0")
                .contains("andon_signals_total{action=\"halt\"} 1.0")
                .contains("andon_decision_delay_seconds_bucket{le=\"0.25\"} 0")
                .contains("andon_decision_delay_seconds_bucket{le=\"0.5\"} 1");
    }

    @Test
    void showsEveryCounterBeforeItHasCounted() {
        assertThat(metrics.scrape())
                .contains("andon_signals_total{action=\"alarm\"} 0.0")
                .contains("andon_rejected_total{reason=\"unreadable\",topic=\"measurements\"} 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void leavesOutTheMetricsOfKafkaThatNobodyActsUpon() {
        Counter.builder("kafka.stream.task.dropped.records.total").register(metrics.registry());
        Counter.builder("kafka.producer.io.ratio").register(metrics.registry());
        assertThat(metrics.scrape())
                .contains("kafka_stream_task_dropped_records_total")
                .doesNotContain("kafka_producer");
    }

    @Test
    void showsWhatIsBelievedOfClustersAndForgetsThoseThatOthersWatchNow() {
        metrics.health("west", ClusterReport.Health.HURT);
        metrics.health("east", ClusterReport.Health.WARMING_UP);
        assertThat(metrics.scrape())
                .contains("andon_cluster_health{cluster=\"west\",health=\"hurt\"} 1.0")
                .contains("andon_clusters{health=\"warming_up\"} 1.0")
                .contains("andon_clusters{health=\"unknown\"} 0.0");
        metrics.health("west", ClusterReport.Health.FINE);
        metrics.released("east");
        assertThat(metrics.scrape())
                .contains("andon_cluster_health{cluster=\"west\",health=\"fine\"} 1.0")
                .contains("andon_clusters{health=\"warming_up\"} 0.0")
                .doesNotContain("cluster=\"east\"")
                .doesNotContain("health=\"hurt\"} 1.0");
    }

    @Test
    void showsTheFirstOfRowsWithEqualLabelsAndKeepsHostileNamesInTheirQuotes() {
        metrics.collect(families -> {
            families.gauge("andon_test", "A test", 1, "rollout", "a\"} 9\n<b>");
            families.gauge("andon_test", "A test", 2, "rollout", "a\"} 9\n<b>");
            families.counter("andon_tests", "A test", Double.NaN);
        });
        assertThat(metrics.scrape())
                .contains("andon_test{rollout=\"a\\\"} 9\\n<b>\"} 1.0")
                .doesNotContain("<b>\"} 2.0")
                .doesNotContain("andon_tests_total ");
    }

    @Test
    void showsWhetherAConnectorRuns() {
        metrics.connector("pager", () -> true);
        metrics.connector("cd", () -> false);
        assertThat(metrics.scrape())
                .contains("andon_connector_running{connector=\"pager\"} 1.0")
                .contains("andon_connector_running{connector=\"cd\"} 0.0");
    }
}
