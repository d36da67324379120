package dev.andon.detect;

import dev.andon.domain.Evidence;
import dev.andon.stats.LogRatio;
import dev.andon.stats.Robust;
import java.util.Optional;

/**
 * Sequential test for a shift of a series of numbers against its learnt baseline.
 *
 * <p>A mixture of CUSUM tests (Page 1954) on Student-t likelihood ratios, one per alternative shift. "Nothing changed"
 * includes a rise by the tolerated ratio, the uncertainty of a young baseline, and autocorrelation. The baseline follows
 * slow drift, takes in only values that give no evidence, and clips those. O(1) per tick. Not for slow leaks.
 */
public final class LevelDetector {
    /** Alternatives, in standard deviations. */
    static final double[] SHIFTS = {1.5, 3, 6};

    private static final double FREEDOM = 8;
    private static final double LARGEST_Z = 7;
    /** Baseline memory in ticks: about ten minutes of 5 s samples. */
    private static final double MEMORY = 120;
    /** Part of a tick's variance that does not shrink with the number of requests in it. */
    private static final double COMMON_VARIANCE = 0.3;
    /** Rise that is never news, as a logarithm (10 %). */
    private static final double TOLERATED_LOG_RISE = Math.log(1.1);
    /** Smallest standard deviation believed: 5 % of a latency, 1 % of a number's level. */
    private static final double LEAST_LOG_SCALE = 0.05;

    private static final double LEAST_NUMBER_SCALE = 0.01;
    /** Evidence, in nats, below which a tick still teaches the baseline. */
    private static final double LEARNING_LIMIT = 2;

    private final SeriesKind kind;
    private final DetectSettings settings;

    public LevelDetector(SeriesKind kind, DetectSettings settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** The state to keep, and what the series says now. */
    public record Step(LevelState next, Finding finding) {}

    public Step step(LevelState state, Tick tick) {
        if (!Double.isFinite(tick.value()) || !(tick.weight() > 0)) return new Step(state, finding(state, 0));
        if (state.scale() == 0) return warmUp(state, tick);
        double z = standardise(state, tick, direction(state, tick) * (tick.value() - state.level()) - tolerated(state));
        Run run = state.run().step(tick, increments(state, z), settings.capPerTick(), z < 1);
        LevelState next = run.onset().isEmpty() || LogRatio.mixture(run.evidence()) < LEARNING_LIMIT
                ? learn(state, tick, run)
                : withRun(state, run);
        return new Step(next, finding(next, effect(state, tick)));
    }

    private Step warmUp(LevelState state, Tick tick) {
        double[] seen = java.util.Arrays.copyOf(state.warmup(), state.warmup().length + 1);
        seen[seen.length - 1] = tick.value();
        double weight = state.typicalWeight() + (tick.weight() - state.typicalWeight()) / seen.length;
        if (seen.length < settings.warmupTicks(tick.interval())) {
            return new Step(new LevelState(seen, 0, 0, weight, 0, 0, 0, state.run()), Finding.WARMING_UP);
        }
        double level = Robust.median(seen);
        double scale = Math.max(Robust.scale(seen, level), leastScale(level));
        return new Step(
                new LevelState(new double[0], level, scale, weight, seen.length, 0, 0, state.run()), Finding.quiet(0));
    }

    private double[] increments(LevelState state, double z) {
        double clipped = Math.max(-LARGEST_Z, Math.min(LARGEST_Z, z));
        double independence = (1 - state.autocorrelation()) / (1 + state.autocorrelation());
        double[] increments = new double[SHIFTS.length];
        for (int i = 0; i < SHIFTS.length; i++) {
            increments[i] = independence * LogRatio.studentT(clipped, SHIFTS[i], FREEDOM);
        }
        return increments;
    }

    private LevelState learn(LevelState state, Tick tick, Run run) {
        double deviation = standardise(state, tick, tick.value() - state.level());
        double clipped = Math.max(-2.5, Math.min(2.5, deviation));
        double learned = Math.min(MEMORY, state.learned() + 1);
        double gain = 1 / learned;
        double level = state.level() + gain * clipped * state.scale();
        // 1.1 gives back what clipping takes from the variance of Gaussian noise with some tail.
        double growth = Math.sqrt(1 + gain * (1.1 * clipped * clipped - 1));
        double scale = Math.max(state.scale() * growth, leastScale(level));
        double correlation = state.autocorrelation() + gain * (clipped * state.previous() - state.autocorrelation());
        double weight = state.typicalWeight() + gain * (tick.weight() - state.typicalWeight());
        return new LevelState(
                state.warmup(), level, scale, weight, learned, Math.max(0, Math.min(0.9, correlation)), clipped, run);
    }

    private static LevelState withRun(LevelState state, Run run) {
        return new LevelState(
                state.warmup(),
                state.level(),
                state.scale(),
                state.typicalWeight(),
                state.learned(),
                state.autocorrelation(),
                state.previous(),
                run);
    }

    /** Divides by the predictive standard deviation of this tick: few requests and a young baseline widen it. */
    private static double standardise(LevelState state, Tick tick, double deviation) {
        double thinness = Math.min(10, state.typicalWeight() / tick.weight());
        double variance = COMMON_VARIANCE + (1 - COMMON_VARIANCE) * thinness + 1 / state.learned();
        return deviation / (state.scale() * Math.sqrt(variance));
    }

    private double direction(LevelState state, Tick tick) {
        return switch (kind) {
            case LATENCY, NUMBER_HIGHER, ERRORS -> 1;
            case NUMBER_LOWER -> -1;
            case NUMBER_EITHER -> tick.value() >= state.level() ? 1 : -1;
        };
    }

    private double tolerated(LevelState state) {
        return kind == SeriesKind.LATENCY ? TOLERATED_LOG_RISE : 0.05 * Math.abs(state.level());
    }

    private double leastScale(double level) {
        return kind == SeriesKind.LATENCY
                ? LEAST_LOG_SCALE
                : Math.max(LEAST_NUMBER_SCALE * Math.abs(level), Double.MIN_NORMAL);
    }

    /** The excess over the baseline, measured in what two standard deviations of noise look like. */
    double effect(LevelState state, Tick tick) {
        double excess = direction(state, tick) * (natural(tick.value()) - natural(state.level()));
        double noise = Math.abs(natural(state.level() + 2 * state.scale()) - natural(state.level()));
        return Math.log1p(Math.min(Double.MAX_VALUE, Math.max(0, excess) / noise));
    }

    private Finding finding(LevelState state, double effect) {
        if (state.scale() == 0) return Finding.WARMING_UP;
        Run run = state.run();
        if (run.onset().isEmpty()) return Finding.quiet(effect);
        double before = natural(state.level());
        double after = natural(run.mean());
        return new Finding(
                false,
                LogRatio.mixture(run.evidence()),
                effect,
                0,
                Optional.of(new Finding.Change(
                        before,
                        after,
                        run.onset().get(),
                        run.ticks(),
                        run.elevated(),
                        matters(before, after),
                        run.calm())));
    }

    private double natural(double value) {
        return kind == SeriesKind.LATENCY ? Math.exp(value) : value;
    }

    private boolean matters(double before, double after) {
        return switch (kind) {
            case LATENCY -> after >= before * settings.latencyRatio() && after - before >= settings.latencySeconds();
            case NUMBER_HIGHER -> after - before >= settings.numberRatio() * Math.abs(before);
            case NUMBER_LOWER -> before - after >= settings.numberRatio() * Math.abs(before);
            case NUMBER_EITHER, ERRORS -> Math.abs(after - before) >= settings.numberRatio() * Math.abs(before);
        };
    }

    /** @return the kind of evidence that this detector gives */
    public Evidence.Kind evidenceKind() {
        return kind.evidence();
    }
}
