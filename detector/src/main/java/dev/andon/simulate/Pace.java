package dev.andon.simulate;

import java.time.Duration;

/**
 * How fast a scenario unfolds.
 *
 * @param interval between two samples, 1 to 60 s
 * @param warmUp before the first rollout begins: the detector learns what is normal
 * @param wave how long the largest cluster takes from the first node to the last
 * @param gap between the starts of two clusters
 * @param after what remains when the last wave has ended
 * @param dnsCache how long caches hide a failed source
 */
public record Pace(Duration interval, Duration warmUp, Duration wave, Duration gap, Duration after, Duration dnsCache) {
    /** A whole incident in less than 90 s, 1 s samples: for the eyes. */
    public static final Pace DEMO = ofSeconds(1, 20, 30, 10, 6, 14);
    /** 12 to 15 minutes, 5 s samples: for tables over many seeds. */
    public static final Pace BRIEF = ofSeconds(5, 240, 150, 60, 240, 300);
    /** The proportions of 2024-12-11: 29 minutes of rollout, caches of 20 minutes, 5 s samples. */
    public static final Pace REAL = ofSeconds(5, 900, 900, 420, 1_500, 1_200);

    private static Pace ofSeconds(int interval, int warmUp, int wave, int gap, int after, int dnsCache) {
        return new Pace(
                Duration.ofSeconds(interval),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(wave),
                Duration.ofSeconds(gap),
                Duration.ofSeconds(after),
                Duration.ofSeconds(dnsCache));
    }

    /** @return the same with another sampling interval */
    public Pace sampledEvery(Duration other) {
        return new Pace(other, warmUp, wave, gap, after, dnsCache);
    }

    /** @return whether it is too short for rough noise to be told from the story */
    boolean forTheEyes() {
        return warmUp.toSeconds() < 60;
    }

    /** @return length of a scenario whose last of {@code clusters} waves ends at its time */
    Duration length(int clusters) {
        return warmUp.plus(gap.multipliedBy(clusters - 1L)).plus(wave).plus(after);
    }
}
