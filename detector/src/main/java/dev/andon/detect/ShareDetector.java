package dev.andon.detect;

import dev.andon.stats.LogRatio;
import java.util.Arrays;

/**
 * Sequential test for a rise of a share, such as failed answers of all answers, dense or sparse.
 *
 * <p>A mixture of CUSUM tests on binomial likelihood ratios against the upper confidence limit of the learnt share, tempered
 * by the overdispersion that was seen. O(1) per tick.
 */
public final class ShareDetector {
    /** Alternatives, as multiples of the share tolerated. */
    static final double[] ODDS = {1.6, 4, 20};

    private static final double[] LOG_ODDS = Arrays.stream(ODDS).map(Math::log).toArray();

    /** Increments of a tick that cannot begin a run: all are negative, and evidence is never below 0. */
    private static final double[] NOTHING = new double[ODDS.length];

    private static final double MEMORY = 240;
    private static final double TOLERATED_RATIO = 1.2;
    /** Share that is never news. */
    private static final double TOLERATED_SHARE = 0.002;

    private static final double LARGEST_SHARE = 0.9;
    private static final double LARGEST_PEARSON = 16;
    /** Events since the onset below which nothing is held to have changed. */
    private static final double LEAST_EVENTS = 5;

    /** Share, as a multiple of the one tolerated, up to which a tick looks like the old regime. */
    private static final double CALM_RATIO = 1.2;
    /** And up to which it does not go on with a clear rise. */
    private static final double SLIGHT_RATIO = 2;
    /** Evidence, in nats, below which a tick still teaches what is usual. */
    private static final double LEARNING_LIMIT = 4;

    /** Rise of the share of slow requests that matters: every server has some for a while. */
    private static final double SLOW_SHARE = 0.03;

    private final DetectSettings settings;
    /** Rise that matters, absolute. */
    private final double leastRise;

    public ShareDetector(SeriesKind kind, DetectSettings settings) {
        this.settings = settings;
        this.leastRise = kind == SeriesKind.SLOW ? SLOW_SHARE : settings.errorShare();
    }

    /** The state to keep, and what the series says now. */
    public record Step(ShareState next, Finding finding) {}

    public Step step(ShareState state, Tick tick) {
        boolean usable = tick.weight() > 0 && tick.value() >= 0 && tick.value() <= tick.weight();
        if (!usable) return new Step(state, finding(state.usual(), state.run(), tick, 0));
        ShareBaseline usual = state.usual();
        if (warmingUp(usual, tick)) {
            ShareBaseline next = learn(usual, tick);
            return new Step(new ShareState(next, next, state.run()), Finding.WARMING_UP);
        }
        double tolerated = tolerated(usual);
        double ratio = tick.value() / tick.weight() / tolerated;
        double[] increments =
                ratio <= 1 && state.run().onset().isEmpty() ? NOTHING : increments(usual, tick, tolerated);
        Run run = state.run()
                .step(perTotal(tick), increments, settings.capPerTick(), ratio <= CALM_RATIO, ratio <= SLIGHT_RATIO);
        boolean teaches = run.onset().isEmpty() || run.isBelow(LEARNING_LIMIT);
        ShareBaseline newest = teaches ? learn(state.newest(), tick) : usual;
        ShareBaseline next = teaches && (run.onset().isEmpty() || run.ticks() > MEMORY) ? newest : usual;
        Finding finding = finding(next, run, tick, effect(usual, tick, tolerated));
        return new Step(new ShareState(next, newest, run), finding);
    }

    private double[] increments(ShareBaseline usual, Tick tick, double tolerated) {
        double[] increments = new double[ODDS.length];
        for (int i = 0; i < ODDS.length; i++) {
            double wanted = ODDS[i] * tolerated;
            double after = Math.min(LARGEST_SHARE, Math.max(wanted, leastRise));
            if (after <= tolerated) continue;
            // Mostly the ratio of the shares is the alternative itself, and its logarithm known.
            double logRatio = after == wanted ? LOG_ODDS[i] : Math.log(after / tolerated);
            increments[i] =
                    LogRatio.binomial(tick.value(), tick.weight(), tolerated, after, logRatio) / usual.dispersion();
        }
        return increments;
    }

    private boolean warmingUp(ShareBaseline usual, Tick tick) {
        return usual.ticks() < settings.warmupTicks(tick.interval());
    }

    /** A run averages values by weight, so its value must be the share. */
    private static Tick perTotal(Tick tick) {
        return new Tick(tick.end(), tick.interval(), tick.value() / tick.weight(), tick.weight());
    }

    private ShareBaseline learn(ShareBaseline known, Tick tick) {
        double ticks = Math.min(MEMORY, known.ticks() + 1);
        double keep = ticks < MEMORY ? 1 : 1 - 1 / MEMORY;
        double dispersion = known.dispersion();
        if (!warmingUp(known, tick)) {
            double share = known.share();
            double expected = tick.weight() * share;
            double pearson = (tick.value() - expected) * (tick.value() - expected) / (expected * (1 - share) + 0.25);
            dispersion =
                    Math.max(1, dispersion + (Math.min(LARGEST_PEARSON, pearson) - dispersion) / Math.min(ticks, 60));
        }
        return new ShareBaseline(
                keep * known.events() + tick.value(), keep * known.total() + tick.weight(), ticks, dispersion);
    }

    /** Upper confidence limit of the learnt share, and what is never news on top. */
    private static double tolerated(ShareBaseline usual) {
        double upper = (usual.events() + 1 + 2 * Math.sqrt(usual.events() + 1)) / (usual.total() + 1);
        // Of a share above a half the rest counts: where most answers are NXDOMAIN, that is the usual regime.
        double ratio = Math.min(TOLERATED_RATIO * upper, 1 - (1 - upper) / TOLERATED_RATIO);
        return Math.min(LARGEST_SHARE, Math.max(ratio, upper + TOLERATED_SHARE));
    }

    /** The excess over the baseline, measured in the excess that would be tolerated. */
    private static double effect(ShareBaseline usual, Tick tick, double tolerated) {
        double excess = tick.value() / tick.weight() - usual.share();
        return excess <= 0 ? 0 : Math.log1p(excess / Math.max(tolerated - usual.share(), TOLERATED_SHARE));
    }

    private Finding finding(ShareBaseline usual, Run run, Tick tick, double effect) {
        if (warmingUp(usual, tick)) return Finding.WARMING_UP;
        if (run.onset().isEmpty()) return Finding.quiet(effect);
        double before = usual.events() / Math.max(1, usual.total());
        double after = run.mean();
        boolean matters =
                after >= before * settings.errorRatio() && after - before >= leastRise && run.sum() >= LEAST_EVENTS;
        return Finding.of(
                run.mixture(),
                effect,
                new Finding.Change(before, after, run.onset().get(), run.ticks(), run.elevated(), matters, run.calm()));
    }
}
