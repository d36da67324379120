package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.domain.Coverage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedClusterTest {
    private static final ClusterSpec LARGE =
            ClusterSpec.ofSize("prod-3000", "production", 3_000, Duration.ofMinutes(20));
    private static final Agent GUILTY = Incidents.listStorm(1);

    private static SimulatedCluster cluster(ClusterSpec spec, long seed, Agent agent) {
        var tenant = new SimulatedCluster.Tenant("r", "system:serviceaccount:ns:r", agent);
        return new SimulatedCluster(spec, seed, List.of(tenant), List.of(), 0, Buckets.APISERVER);
    }

    /** Lets the cluster live at one coverage and returns what its last tick was. */
    private static SimulatedCluster.Step live(SimulatedCluster cluster, double share, int seconds) {
        long total = cluster.spec().nodes();
        Map<String, Coverage> coverage = Map.of("r", new Coverage(Math.round(share * total), total));
        SimulatedCluster.Step step = cluster.step(cluster.start(), 1, coverage);
        for (int i = 1; i < seconds; i++) step = cluster.step(step.next(), 1, coverage);
        return step;
    }

    @Test
    void drawsTheSameTickFromTheSameStateAndSeed() {
        SimulatedCluster cluster = cluster(LARGE, 7, GUILTY);
        SimulatedCluster.Step before = live(cluster, 0.3, 5);
        Map<String, Coverage> coverage = Map.of("r", new Coverage(900, 3_000));

        SimulatedCluster.Step once = cluster.step(before.next(), 1, coverage);
        SimulatedCluster.Step again = cluster(LARGE, 7, GUILTY).step(before.next(), 1, coverage);

        assertThat(again.next()).isEqualTo(once.next());
        assertThat(again.tick().effect()).isEqualTo(once.tick().effect());
        assertThat(histograms(again)).isEqualTo(histograms(once));
        assertThat(histograms(cluster(LARGE, 8, GUILTY).step(before.next(), 1, coverage)))
                .isNotEqualTo(histograms(once));
    }

    private static List<String> histograms(SimulatedCluster.Step step) {
        return step.tick().served().stream()
                .map(served -> served.kind() + "" + served.tally().histogram())
                .toList();
    }

    @Test
    void slowsListsDownFirstAndMoreAsCoverageGrows() {
        SimulatedCluster cluster = cluster(LARGE, 1, GUILTY);
        double[] list = new double[5];
        double[] get = new double[5];
        for (int i = 0; i < 5; i++) {
            Effect effect = live(cluster, 0.2 * i, 60).tick().effect();
            list[i] = effect.latencyRatios().get(RequestClass.LIST_CLUSTER.index());
            get[i] = effect.latencyRatios().get(RequestClass.GET.index());
        }

        assertThat(list).isSorted();
        assertThat(get).isSorted();
        assertThat(list[0]).isEqualTo(1);
        assertThat(list[1]).isGreaterThan(3);
        assertThat(get[1]).isLessThan(1.5);
        assertThat(get[4]).isGreaterThan(50);
    }

    @Test
    void saturatesTheLargeClusterNearAThirdOfItsNodes() {
        SimulatedCluster cluster = cluster(LARGE, 1, GUILTY);

        assertThat(live(cluster, 0.25, 3).tick().effect().utilisation()).isLessThan(0.95);
        assertThat(live(cluster, 0.45, 3).tick().effect().utilisation()).isGreaterThan(1);
    }

    @Test
    void turnsRequestsAwayOnceTheQueueIsFull() {
        SimulatedCluster.Step step = live(cluster(LARGE, 1, Incidents.listStorm(5)), 1, 120);

        long rejected = step.tick().served().stream()
                .mapToLong(served -> served.tally().ended(Outcome.REJECTED))
                .sum();
        assertThat(rejected).isPositive();
        assertThat(step.tick().effect().failedShare()).isGreaterThan(0.01);
        assertThat(step.next().queues())
                .allSatisfy(queue -> assertThat(queue.backlogSeconds()).isBetween(1.0, Instance.LONGEST_QUEUE_SECONDS));
    }

    @Test
    void staysSilentInASmallCluster() {
        ClusterSpec staging = ClusterSpec.ofSize("staging-60", "staging", 60, Duration.ofMinutes(20));

        Effect effect = live(cluster(staging, 1, GUILTY), 1, 60).tick().effect();

        assertThat(effect.latencyRatios()).allSatisfy(ratio -> assertThat(ratio).isBetween(0.9, 1.3));
    }

    @Test
    void recoversWhenTheAgentIsGone() {
        SimulatedCluster cluster = cluster(LARGE, 1, GUILTY);
        SimulatedCluster.Step step = live(cluster, 1, 60);
        assertThat(step.tick().effect().slower(3)).isPositive();

        for (int i = 0; i < 60; i++) step = cluster.step(step.next(), 1, Map.of("r", new Coverage(0, 3_000)));

        assertThat(step.tick().effect().latencyRatios())
                .allSatisfy(ratio -> assertThat(ratio).isBetween(0.99, 1.01));
    }

    /** @return utilisation two minutes after the agent has gone, in a cluster that is busy to begin with */
    private static double utilisationAfterwards(double retries) {
        var tenant = new SimulatedCluster.Tenant("r", "system:serviceaccount:ns:r", GUILTY);
        List<Disturbance> busy = List.of(new Disturbance.TrafficChange(0, 0, 4));
        var cluster = new SimulatedCluster(LARGE, 1, List.of(tenant), busy, retries, Buckets.APISERVER);
        SimulatedCluster.Step step = live(cluster, 1, 60);
        for (int i = 0; i < 120; i++) step = cluster.step(step.next(), 1, Map.of("r", new Coverage(0, 3_000)));
        return step.tick().effect().utilisation();
    }

    @Test
    void staysHurtAfterItsCauseWhenClientsRetryHardEnough() {
        assertThat(utilisationAfterwards(0)).isLessThan(0.7);
        assertThat(utilisationAfterwards(3)).isGreaterThan(1);
    }

    @Test
    void servesStaleAnswersUntilTheCachesRunOut() {
        ClusterSpec spec = ClusterSpec.ofSize("prod-3000", "production", 3_000, Duration.ofSeconds(60));
        SimulatedCluster cluster = cluster(spec, 1, GUILTY);
        Map<String, Coverage> everywhere = Map.of("r", new Coverage(3_000, 3_000));
        SimulatedCluster.State state = cluster.start();
        int firstStale = 0;
        int firstProbe = 0;
        int firstClient = 0;
        for (int second = 1; second <= 150; second++) {
            SimulatedCluster.Step step = cluster.step(state, 1, everywhere);
            state = step.next();
            for (Answered answered : step.tick().answered()) {
                switch (answered.view()) {
                    case SERVER -> firstStale = answered.stale() > 0 && firstStale == 0 ? second : firstStale;
                    case PROBE -> firstProbe = answered.failed() > 0 && firstProbe == 0 ? second : firstProbe;
                    case CLIENT -> firstClient = answered.failed() > 3 && firstClient == 0 ? second : firstClient;
                }
            }
        }

        assertThat(firstProbe).isPositive();
        assertThat(firstStale).isPositive();
        assertThat(firstClient).isGreaterThan(firstProbe + 30).isGreaterThan(firstStale + 30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 61, Double.NaN})
    void refusesATickOfAnImpossibleLength(double seconds) {
        SimulatedCluster cluster = cluster(LARGE, 1, GUILTY);

        assertThatThrownBy(() -> cluster.step(cluster.start(), seconds, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 60 s but was " + seconds);
    }
}
