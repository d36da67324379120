package dev.andon.detect;

import java.time.Duration;

/**
 * What a change must be to count.
 *
 * @param evidenceNeeded log-likelihood ratio at which one cluster is held to be hurt, in nats; follows from the budget
 * @param leastTick the time scale: samples that come more often are summed up to ticks of this length, and quick effects
 *     follow their cause within about one
 * @param warmupTicks most ticks before a series is judged, at least 4; six are enough when ticks are long
 * @param latencyRatio rise of mean latency that matters, {@code > 1}
 * @param latencySeconds rise of mean latency that matters, in seconds; both must be exceeded
 * @param errorRatio rise of an error share that matters, {@code > 1}
 * @param errorShare rise of an error share that matters, absolute, in (0, 1); both must be exceeded
 * @param numberRatio change of a user's number that matters, as a part of its level, {@code > 0}
 */
public record DetectSettings(
        double evidenceNeeded,
        Duration leastTick,
        int warmupTicks,
        double latencyRatio,
        double latencySeconds,
        double errorRatio,
        double errorShare,
        double numberRatio) {
    /** Ticks of one series that a rollout lasts, at most, times independent series: tries that share the budget. */
    private static final double TRIES_PER_ROLLOUT = 720;

    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final int LEAST_WARM_UP = 6;

    /** Least ticks that make a proof, however far they are off. */
    private static final int LEAST_TICKS = 2;
    /** What a mixture of three alternatives takes from the evidence of its best one, in nats. */
    private static final double MIXTURE = Math.log(3);

    /** @param falseHaltProbability accepted probability of a false halt per rollout, in (0, 1) */
    public static DetectSettings forBudget(double falseHaltProbability) {
        return new DetectSettings(
                Math.log(TRIES_PER_ROLLOUT / falseHaltProbability),
                Duration.ofSeconds(5),
                12,
                2.0,
                0.008,
                2.0,
                0.01,
                0.2);
    }

    /** @return the same settings with another amount of evidence needed, in nats */
    public DetectSettings withEvidence(double otherNats) {
        return new DetectSettings(
                otherNats, leastTick, warmupTicks, latencyRatio, latencySeconds, errorRatio, errorShare, numberRatio);
    }

    /** @return ticks of this length that make a baseline: fewer of long ones, which average over more */
    int warmupTicks(Duration tick) {
        long ticks = WARM_UP.toMillis() / Math.max(1, tick.toMillis());
        return (int) Math.max(Math.min(warmupTicks, LEAST_WARM_UP), Math.min(warmupTicks, ticks));
    }

    /** @return the most evidence that one tick may add: a single one proves nothing however high it is */
    double capPerTick() {
        return (evidenceNeeded + MIXTURE) / LEAST_TICKS;
    }
}
