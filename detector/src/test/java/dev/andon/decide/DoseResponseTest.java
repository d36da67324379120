package dev.andon.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoseResponseTest {
    private static final double LEAST_TICK = 5;
    private static final int ONSET = 15;

    @Test
    void takesACoincidenceForLessTheSlowerTheSamples() {
        assertThat(ratio(5)).isGreaterThan(5);
        assertThat(ratio(30)).isLessThan(ratio(15)).isPositive();
        assertThat(ratio(15)).isLessThan(ratio(5));
    }

    @Test
    void takesACoincidenceForMoreTheLongerRolloutsWereUnderWayWithoutHarm() {
        double soon = ratio(5, 60);
        assertThat(ratio(5, 120)).isEqualTo(soon);
        assertThat(ratio(5, 360)).isBetween(2.9 * soon, 3.1 * soon);
        assertThat(ratio(5, 3_600)).isBetween(3.9 * soon, 4.1 * soon);
    }

    private static double ratio(int seconds) {
        return ratio(seconds, 0);
    }

    /** Of a rollout that reaches all places in the tick in which a lasting effect begins. */
    private static double ratio(int seconds, double underWay) {
        Duration interval = Duration.ofSeconds(seconds);
        List<EffectPoint> points = new ArrayList<>();
        for (int i = 0; i < ONSET + 6; i++) points.add(new EffectPoint(at(interval, i), i <= ONSET ? 0.3 : 5));
        Course course = new Course(points, interval, at(interval, ONSET));
        Instant arrived = at(interval, ONSET).plusMillis(100);
        RolloutExposure all = new RolloutExposure(
                "agent",
                new Workload("DaemonSet", "infra", "agent"),
                Phase.PROGRESSING,
                new Coverage(100, 100),
                arrived,
                List.of(new RolloutExposure.Step(arrived, 100, 100)),
                Optional.empty(),
                Optional.empty());
        return new DoseResponse(course, LEAST_TICK, DoseResponse.Usual.HARM, underWay).ratio(all);
    }

    private static Instant at(Duration interval, int tick) {
        return Instant.EPOCH.plus(interval.multipliedBy(tick));
    }
}
