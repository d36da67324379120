package dev.andon.detect;

import dev.andon.domain.Evidence;
import dev.andon.stats.LogRatio;
import dev.andon.stats.Robust;
import java.util.Arrays;

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

    /** Increments of a tick that cannot begin a run: all are negative, and evidence is never below 0. */
    private static final double[] NOTHING = new double[SHIFTS.length];

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
    /** Standard deviations above what is tolerated below which a tick looks like the old regime. */
    private static final double CALM = 0.5;
    /** And below which it does not go on with a clear rise. */
    private static final double SLIGHT = 1;
    /** Evidence, in nats, below which a tick still teaches what is usual. */
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
        if (!Double.isFinite(tick.value()) || !(tick.weight() > 0))
            return new Step(state, finding(state.usual(), state.run(), 0));
        LevelBaseline usual = state.usual();
        if (usual.scale() == 0) return warmUp(state, tick);
        double z = standardise(usual, tick, direction(usual, tick) * (tick.value() - usual.level()) - tolerated(usual));
        double[] increments = z <= SHIFTS[0] / 2 && state.run().onset().isEmpty() ? NOTHING : increments(usual, z);
        Run run = state.run().step(tick, increments, settings.capPerTick(), z < CALM, z < SLIGHT);
        boolean teaches = run.onset().isEmpty() || run.isBelow(LEARNING_LIMIT);
        LevelBaseline newest = teaches ? learn(state.newest(), tick) : usual;
        LevelBaseline next = teaches && (run.onset().isEmpty() || run.ticks() > MEMORY) ? newest : usual;
        return new Step(new LevelState(state.warmup(), next, newest, run), finding(next, run, effect(usual, tick)));
    }

    private Step warmUp(LevelState state, Tick tick) {
        double[] seen = Arrays.copyOf(state.warmup(), state.warmup().length + 1);
        seen[seen.length - 1] = tick.value();
        LevelBaseline known = state.usual();
        double weight = known.typicalWeight() + (tick.weight() - known.typicalWeight()) / seen.length;
        if (seen.length < settings.warmupTicks(tick.interval())) {
            LevelBaseline unknown = new LevelBaseline(0, 0, weight, 0, 0, 0);
            return new Step(new LevelState(seen, unknown, unknown, state.run()), Finding.WARMING_UP);
        }
        double level = Robust.median(seen);
        double scale = Math.max(Robust.scale(seen, level), leastScale(level));
        LevelBaseline usual = new LevelBaseline(level, scale, weight, seen.length, 0, 0);
        return new Step(new LevelState(new double[0], usual, usual, state.run()), Finding.quiet(0));
    }

    private double[] increments(LevelBaseline usual, double z) {
        double clipped = Math.max(-LARGEST_Z, Math.min(LARGEST_Z, z));
        double independence = (1 - usual.autocorrelation()) / (1 + usual.autocorrelation());
        double[] increments = new double[SHIFTS.length];
        for (int i = 0; i < SHIFTS.length; i++) {
            increments[i] = independence * LogRatio.studentT(clipped, SHIFTS[i], FREEDOM);
        }
        return increments;
    }

    private LevelBaseline learn(LevelBaseline known, Tick tick) {
        double deviation = standardise(known, tick, tick.value() - known.level());
        double clipped = Math.max(-2.5, Math.min(2.5, deviation));
        double learned = Math.min(MEMORY, known.learned() + 1);
        double gain = 1 / learned;
        double level = known.level() + gain * clipped * known.scale();
        // 1.1 gives back what clipping takes from the variance of Gaussian noise with some tail.
        double growth = Math.sqrt(1 + gain * (1.1 * clipped * clipped - 1));
        double scale = Math.max(known.scale() * growth, leastScale(level));
        double correlation = known.autocorrelation() + gain * (clipped * known.previous() - known.autocorrelation());
        double weight = known.typicalWeight() + gain * (tick.weight() - known.typicalWeight());
        return new LevelBaseline(level, scale, weight, learned, Math.max(0, Math.min(0.9, correlation)), clipped);
    }

    /** Divides by the predictive standard deviation of this tick: few requests and a young baseline widen it. */
    private static double standardise(LevelBaseline usual, Tick tick, double deviation) {
        double thinness = Math.min(10, usual.typicalWeight() / tick.weight());
        double variance = COMMON_VARIANCE + (1 - COMMON_VARIANCE) * thinness + 1 / usual.learned();
        return deviation / (usual.scale() * Math.sqrt(variance));
    }

    private double direction(LevelBaseline usual, Tick tick) {
        return switch (kind) {
            case LATENCY, NUMBER_HIGHER, ERRORS, SLOW -> 1;
            case NUMBER_LOWER -> -1;
            case NUMBER_EITHER -> tick.value() >= usual.level() ? 1 : -1;
        };
    }

    private double tolerated(LevelBaseline usual) {
        return kind == SeriesKind.LATENCY ? TOLERATED_LOG_RISE : 0.05 * Math.abs(usual.level());
    }

    private double leastScale(double level) {
        return kind == SeriesKind.LATENCY
                ? LEAST_LOG_SCALE
                : Math.max(LEAST_NUMBER_SCALE * Math.abs(level), Double.MIN_NORMAL);
    }

    /** The excess over the baseline, measured in what two standard deviations of noise look like. */
    double effect(LevelBaseline usual, Tick tick) {
        double excess = direction(usual, tick) * (tick.value() - usual.level());
        if (!(excess > 0)) return 0;
        double noise = 2 * usual.scale();
        // Seconds, not their logarithms, add up with the dose.
        double ratio = kind == SeriesKind.LATENCY ? Math.expm1(excess) / Math.expm1(noise) : excess / noise;
        return Math.log1p(Math.min(Double.MAX_VALUE, ratio));
    }

    private Finding finding(LevelBaseline usual, Run run, double effect) {
        if (usual.scale() == 0) return Finding.WARMING_UP;
        if (run.onset().isEmpty()) return Finding.quiet(effect);
        double before = natural(usual.level());
        double after = natural(run.mean());
        return Finding.of(
                run.mixture(),
                effect,
                new Finding.Change(
                        before,
                        after,
                        run.onset().get(),
                        run.ticks(),
                        run.elevated(),
                        matters(before, after),
                        run.calm()));
    }

    private double natural(double value) {
        return kind == SeriesKind.LATENCY ? Math.exp(value) : value;
    }

    private boolean matters(double before, double after) {
        return switch (kind) {
            case LATENCY -> after >= before * settings.latencyRatio() && after - before >= settings.latencySeconds();
            case NUMBER_HIGHER -> after - before >= settings.numberRatio() * Math.abs(before);
            case NUMBER_LOWER -> before - after >= settings.numberRatio() * Math.abs(before);
            case NUMBER_EITHER, ERRORS, SLOW -> Math.abs(after - before) >= settings.numberRatio() * Math.abs(before);
        };
    }

    /** @return the kind of evidence that this detector gives */
    public Evidence.Kind evidenceKind() {
        return kind.evidence();
    }
}
