package dev.andon.quality;

import dev.andon.detect.DetectSettings;
import dev.andon.detect.LevelDetector;
import dev.andon.detect.LevelState;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.ShareDetector;
import dev.andon.detect.ShareState;
import dev.andon.detect.Tick;
import java.time.Duration;
import java.time.Instant;

/** One series of Andon's alone, as the others see it: no corroboration, no practical effect asked for. */
final class OurSeries {
    static final Peer PEER = Peer.of(
            "Andon",
            new Peer.Variant("as shipped", 0.01, 40, false, law -> threshold -> watch(law, settings(threshold))));

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private OurSeries() {}

    static Watch watch(Law law, DetectSettings settings) {
        Instant[] time = {Instant.EPOCH};
        if (law.kind() == SeriesKind.ERRORS) {
            ShareDetector detector = new ShareDetector(SeriesKind.ERRORS, settings);
            ShareState[] state = {ShareState.EMPTY};
            return (value, standardised) -> {
                ShareDetector.Step step = detector.step(state[0], tick(time, value));
                state[0] = step.next();
                return step.finding().evidence();
            };
        }
        LevelDetector detector = new LevelDetector(law.kind(), settings);
        LevelState[] state = {LevelState.EMPTY};
        return (value, standardised) -> {
            LevelDetector.Step step = detector.step(state[0], tick(time, value));
            state[0] = step.next();
            return step.finding().evidence();
        };
    }

    private static Tick tick(Instant[] time, double value) {
        time[0] = time[0].plus(INTERVAL);
        return new Tick(time[0], INTERVAL, value, Law.TOTAL);
    }

    /** @param evidence needed for an alarm, in nats */
    static DetectSettings settings(double evidence) {
        DetectSettings usual = DetectSettings.forBudget(0.001);
        return new DetectSettings(
                evidence,
                usual.leastTick(),
                usual.warmupTicks(),
                usual.latencyRatio(),
                usual.latencySeconds(),
                usual.errorRatio(),
                usual.errorShare(),
                usual.numberRatio());
    }
}
