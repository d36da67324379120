package dev.andon.detect;

import dev.andon.stats.LogRatio;
import java.util.Optional;

/**
 * Sequential test for a rise of a share, such as failed answers of all answers, dense or sparse.
 *
 * <p>A mixture of CUSUM tests on binomial likelihood ratios against the upper confidence limit of the learnt share, tempered
 * by the overdispersion that was seen. O(1) per tick.
 */
public final class ShareDetector {
    /** Alternatives, as multiples of the share tolerated. */
    static final double[] ODDS = {3, 10, 50};

    private static final double MEMORY = 240;
    private static final double TOLERATED_RATIO = 1.2;
    /** Share that is never news. */
    private static final double TOLERATED_SHARE = 0.002;

    private static final double LARGEST_SHARE = 0.9;
    private static final double LARGEST_PEARSON = 16;
    /** Events since the onset below which nothing is held to have changed. */
    private static final double LEAST_EVENTS = 5;

    private static final double LEARNING_LIMIT = 2;

    private final DetectSettings settings;

    public ShareDetector(DetectSettings settings) {
        this.settings = settings;
    }

    /** The state to keep, and what the series says now. */
    public record Step(ShareState next, Finding finding) {}

    public Step step(ShareState state, Tick tick) {
        boolean usable = tick.weight() > 0 && tick.value() >= 0 && tick.value() <= tick.weight();
        if (!usable) return new Step(state, finding(state, tick, 0));
        if (state.ticks() < settings.warmupTicks(tick.interval()))
            return new Step(learn(state, tick, state.run()), Finding.WARMING_UP);
        double tolerated = tolerated(state);
        double[] increments = new double[ODDS.length];
        for (int i = 0; i < ODDS.length; i++) {
            double after = Math.min(LARGEST_SHARE, Math.max(ODDS[i] * tolerated, settings.errorShare()));
            increments[i] = after <= tolerated
                    ? 0
                    : LogRatio.binomial(tick.value(), tick.weight(), tolerated, after) / state.dispersion();
        }
        boolean calm = tick.value() / tick.weight() <= 2 * tolerated;
        Run run = state.run().step(perTotal(tick), increments, settings.capPerTick(), calm);
        ShareState next = run.onset().isEmpty() || LogRatio.mixture(run.evidence()) < LEARNING_LIMIT
                ? learn(state, tick, run)
                : new ShareState(state.events(), state.total(), state.ticks(), state.dispersion(), run);
        return new Step(next, finding(next, tick, effect(state, tick, tolerated)));
    }

    /** A run averages values by weight, so its value must be the share. */
    private static Tick perTotal(Tick tick) {
        return new Tick(tick.end(), tick.interval(), tick.value() / tick.weight(), tick.weight());
    }

    private ShareState learn(ShareState state, Tick tick, Run run) {
        double ticks = Math.min(MEMORY, state.ticks() + 1);
        double keep = ticks < MEMORY ? 1 : 1 - 1 / MEMORY;
        double dispersion = state.dispersion();
        if (state.ticks() >= settings.warmupTicks(tick.interval())) {
            double share = share(state);
            double expected = tick.weight() * share;
            double pearson = (tick.value() - expected) * (tick.value() - expected) / (expected * (1 - share) + 0.25);
            dispersion =
                    Math.max(1, dispersion + (Math.min(LARGEST_PEARSON, pearson) - dispersion) / Math.min(ticks, 60));
        }
        return new ShareState(
                keep * state.events() + tick.value(), keep * state.total() + tick.weight(), ticks, dispersion, run);
    }

    private static double share(ShareState state) {
        return (state.events() + 0.5) / (state.total() + 1);
    }

    /** Upper confidence limit of the learnt share, and what is never news on top. */
    private static double tolerated(ShareState state) {
        double upper = (state.events() + 1 + 2 * Math.sqrt(state.events() + 1)) / (state.total() + 1);
        // Of a share above a half the rest counts: where most answers are NXDOMAIN, that is the usual regime.
        double ratio = Math.min(TOLERATED_RATIO * upper, 1 - (1 - upper) / TOLERATED_RATIO);
        return Math.min(LARGEST_SHARE, Math.max(ratio, upper + TOLERATED_SHARE));
    }

    /** The excess over the baseline, measured in the excess that would be tolerated. */
    private static double effect(ShareState state, Tick tick, double tolerated) {
        double excess = tick.value() / tick.weight() - share(state);
        return Math.log1p(Math.max(0, excess) / Math.max(tolerated - share(state), TOLERATED_SHARE));
    }

    private Finding finding(ShareState state, Tick tick, double effect) {
        if (state.ticks() < settings.warmupTicks(tick.interval())) return Finding.WARMING_UP;
        Run run = state.run();
        if (run.onset().isEmpty()) return Finding.quiet(effect);
        double before = state.events() / Math.max(1, state.total());
        double after = run.mean();
        boolean matters = after >= before * settings.errorRatio()
                && after - before >= settings.errorShare()
                && run.sum() >= LEAST_EVENTS;
        return new Finding(
                false,
                LogRatio.mixture(run.evidence()),
                effect,
                0,
                Optional.of(new Finding.Change(
                        before, after, run.onset().get(), run.ticks(), run.elevated(), matters, run.calm())));
    }
}
