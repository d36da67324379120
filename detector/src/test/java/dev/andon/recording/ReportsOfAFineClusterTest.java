package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterStage;
import dev.andon.decide.MemoryTable;
import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.simulate.Pace;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsOfAFineClusterTest {
    private static final Settings USUAL = Settings.DEFAULT;
    private static final List<Input> CLEAN = ScenarioPlayer.play(
                    Scenarios.CLEAN.create(Scenarios.Options.of(3, Pace.BRIEF)))
            .inputs();

    private static Settings clearingAfter(Duration calm) {
        return new Settings(
                USUAL.falseHaltProbability(),
                USUAL.detect(),
                USUAL.haltProbability(),
                USUAL.holdProbability(),
                USUAL.causalWindow(),
                calm,
                USUAL.reportEvery(),
                USUAL.grace(),
                USUAL.lifecycle(),
                USUAL.policy());
    }

    private static Duration longestSilence(Settings settings) {
        ClusterStage stage = new ClusterStage(settings, new MemoryTable<>(), new MemoryTable<>());
        List<Instant> said = new ArrayList<>();
        for (Input input : CLEAN) {
            stage.accept(input).reports().stream().map(ClusterReport::time).forEach(said::add);
        }
        assertThat(said).hasSizeGreaterThan(10);
        Duration longest = Duration.ZERO;
        for (int i = 1; i < said.size(); i++) {
            Duration silence = Duration.between(said.get(i - 1), said.get(i));
            if (silence.compareTo(longest) > 0) longest = silence;
        }
        return longest;
    }

    @Test
    void areAsRareAsTheSettingsSay() {
        assertThat(longestSilence(USUAL)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(21));
    }

    @Test
    void comeInTimeForAClearThatWaitsForLessThanThat() {
        assertThat(longestSilence(clearingAfter(Duration.ofSeconds(5)))).isLessThan(Duration.ofSeconds(11));
    }
}
