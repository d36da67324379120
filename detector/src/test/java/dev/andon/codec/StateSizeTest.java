package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.ClusterStage;
import dev.andon.decide.ClusterState;
import dev.andon.decide.MemoryTable;
import dev.andon.decide.Settings;
import dev.andon.detect.Series;
import dev.andon.detect.SeriesState;
import dev.andon.simulate.Pace;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State is written on every sample and restored at every start, so its size is part of what the detector costs. */
class StateSizeTest {
    private static final int MOST_BYTES_PER_SERIES = 512;

    @Test
    void aSeriesBetweenTwoTicksTakesAtMostHalfAKibibyte() {
        MemoryTable<SeriesState> series = new MemoryTable<>();
        MemoryTable<ClusterState> clusters = new MemoryTable<>();
        ClusterStage stage = new ClusterStage(Settings.DEFAULT, series, clusters);
        var scenario = Scenarios.DNS_MASKED_CONTROL_PLANE.create(Scenarios.Options.of(7, Pace.BRIEF));
        ScenarioPlayer.play(scenario, stage::accept);

        Series rules = new Series(Settings.DEFAULT.detect());
        List<Integer> sizes = new ArrayList<>();
        series.forEach((name, state) -> sizes.add(StateCodec.SERIES.encode(rules.close(state)).length));
        assertThat(sizes).hasSizeGreaterThan(20).allMatch(bytes -> bytes <= MOST_BYTES_PER_SERIES);
    }
}
