package dev.andon.quality;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.Signal;
import dev.andon.recording.Replay;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import dev.andon.simulate.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was decided in one simulated case, beside the truth.
 *
 * @param guilty whether a rollout was guilty
 * @param hurt whether a cluster was hurt, by a rollout or not
 * @param halted whether the guilty rollout was halted
 * @param held whether it was halted or held
 * @param innocentHalted whether any other was halted
 * @param alarmed whether there was an ALARM
 * @param delaySeconds from the onset to the HALT of the guilty one
 * @param beforeDns whether it was halted before any look-up of a workload failed
 * @param exposure part of all its places that it had reached then, in [0, 1]
 * @param haltProbability as stated by the first HALT
 * @param baselines whom simple rules would have blamed
 * @param truth what was the case
 * @param firstIsGuilty whether the likeliest candidate of the last signal was the guilty one
 */
record Case(
        boolean guilty,
        boolean hurt,
        boolean halted,
        boolean held,
        boolean innocentHalted,
        boolean alarmed,
        OptionalDouble delaySeconds,
        boolean beforeDns,
        OptionalDouble exposure,
        OptionalDouble haltProbability,
        boolean firstIsGuilty,
        BlameBaselines baselines,
        Truth truth) {

    static Case play(Scenarios scenario, long seed, Pace pace) {
        return of(ScenarioPlayer.play(scenario.create(Scenarios.Options.of(seed, pace))));
    }

    static Case of(Recorded recorded) {
        return judge(
                BlameBaselines.of(recorded.inputs(), recorded.truth()),
                recorded.truth(),
                Replay.run(recorded.inputs(), Settings.DEFAULT).signals());
    }

    private static Case judge(BlameBaselines baselines, Truth truth, List<Signal> signals) {
        List<Signal> halts =
                signals.stream().filter(s -> s.action() == Action.HALT).toList();
        Optional<Signal> right =
                halts.stream().filter(s -> truth.guilty().equals(s.rolloutId())).findFirst();
        boolean guilty = truth.guilty().isPresent();
        return new Case(
                guilty,
                !truth.clean(),
                guilty && right.isPresent(),
                guilty
                        && signals.stream()
                                .anyMatch(s -> (s.action() == Action.HALT || s.action() == Action.HOLD)
                                        && truth.guilty().equals(s.rolloutId())),
                halts.stream().anyMatch(s -> !truth.guilty().equals(s.rolloutId())),
                signals.stream().anyMatch(s -> s.action() == Action.ALARM),
                guilty ? delay(truth, right) : OptionalDouble.empty(),
                right.isPresent()
                        && truth.dnsVisible().map(right.get().time()::isBefore).orElse(true),
                right.flatMap(Signal::exposure)
                        .map(e -> OptionalDouble.of((double) e.updated() / Math.max(1, e.total())))
                        .orElse(OptionalDouble.empty()),
                halts.stream().findFirst().map(Signal::probability).orElse(OptionalDouble.empty()),
                lastLikeliest(signals).equals(truth.guilty()) && guilty,
                baselines,
                truth);
    }

    private static OptionalDouble delay(Truth truth, Optional<Signal> halt) {
        Optional<Instant> onset = truth.onset();
        if (halt.isEmpty() || onset.isEmpty()) return OptionalDouble.empty();
        return OptionalDouble.of(
                Duration.between(onset.get(), halt.get().time()).toMillis() / 1e3);
    }

    private static Optional<String> lastLikeliest(List<Signal> signals) {
        return signals.stream()
                .filter(s -> !s.candidates().isEmpty())
                .reduce((first, second) -> second)
                .map(s -> s.candidates().get(0))
                .map(Candidate::rolloutId);
    }
}
