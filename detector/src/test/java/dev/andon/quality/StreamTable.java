package dev.andon.quality;

import dev.andon.detect.DetectSettings;
import dev.andon.detect.Finding;
import dev.andon.detect.LevelDetector;
import dev.andon.detect.LevelState;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.ShareDetector;
import dev.andon.detect.ShareState;
import dev.andon.detect.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Synthetic streams: how often one series alarms with nothing there, and how late it does when something is. */
final class StreamTable {
    private static final double ASKED = 1_000;
    private static final int RUNS = 400;
    /** Ticks before a shift: the baseline is settled and its memory full. */
    private static final int SETTLED = 200;

    private static final int PATIENCE = 4_000;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private StreamTable() {}

    static String falseAlarms() {
        StringBuilder table = new StringBuilder("""
                | law | asked | obtained | ratio |
                | --- | --- | --- | --- |
                """);
        for (Law law : Law.values()) {
            double obtained = IntStream.range(0, RUNS)
                    .parallel()
                    .mapToDouble(run -> alarmAfter(law, run, Integer.MAX_VALUE, x -> x, 5 * (int) ASKED))
                    .average()
                    .orElse(Double.NaN);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %s%.0f | %.1f |%n",
                    law.label(),
                    ASKED,
                    obtained > 4_000 ? "> " : "",
                    obtained,
                    obtained / ASKED));
        }
        return table.toString();
    }

    static String delays() {
        StringBuilder table = new StringBuilder("""
                | stream | change | median ticks | mean ticks | floor | ratio of mean to floor |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (double sigma : new double[] {1, 2, 3}) {
            row(table, Law.GAUSSIAN, sigma + " sigma", x -> x + sigma, Math.log(ASKED) / (sigma * sigma / 2));
        }
        for (double ratio : new double[] {1.2, 1.5, 2, 5, 20}) {
            row(table, Law.LOG_NORMAL, "ratio " + ratio, x -> x + Math.log(ratio), Double.NaN);
        }
        for (double ratio : new double[] {2, 5, 20}) {
            double share = 0.02 * ratio;
            double kl = Law.TOTAL * (share * Math.log(share / 0.02) + (1 - share) * Math.log((1 - share) / 0.98));
            Random extra = new Random(7);
            row(
                    table,
                    Law.DENSE_SHARE,
                    "ratio " + ratio,
                    x -> Math.min(Law.TOTAL, x + Law.binomial(extra, 500, share - 0.02)),
                    Math.log(ASKED) / kl);
        }
        return table.toString();
    }

    private static void row(StringBuilder table, Law law, String change, DoubleUnaryOperator changed, double floor) {
        double[] delays = IntStream.range(0, RUNS)
                .mapToDouble(run -> alarmAfter(law, 10_000 + run, SETTLED, changed, SETTLED + PATIENCE) - SETTLED)
                .filter(delay -> delay > 0)
                .sorted()
                .toArray();
        double mean = IntStream.range(0, delays.length)
                .mapToDouble(i -> delays[i])
                .average()
                .orElse(Double.NaN);
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.1f | %s | %s |%n",
                law.label(),
                change,
                delays[delays.length / 2],
                mean,
                Double.isNaN(floor) ? "-" : String.format(Locale.ROOT, "%.1f", floor),
                Double.isNaN(floor) ? "-" : String.format(Locale.ROOT, "%.2f", mean / Math.max(1, floor))));
    }

    /** @return ticks from the start of the test to the alarm, at most {@code most} */
    private static double alarmAfter(Law law, int seed, int changeAt, DoubleUnaryOperator changed, int most) {
        DetectSettings usual = DetectSettings.forBudget(0.001);
        DetectSettings settings = new DetectSettings(
                Math.log(ASKED),
                usual.leastTick(),
                usual.warmupTicks(),
                usual.latencyRatio(),
                usual.latencySeconds(),
                usual.errorRatio(),
                usual.errorShare(),
                usual.numberRatio());
        Random random = new Random(seed * 7_919L + law.label().hashCode());
        LevelState level = LevelState.EMPTY;
        ShareState share = ShareState.EMPTY;
        double value = 0;
        Instant time = Instant.EPOCH;
        for (int tick = -settings.warmupTicks(); tick < most; tick++) {
            value = law.next(random, value);
            time = time.plus(INTERVAL);
            double seen = tick >= changeAt ? changed.applyAsDouble(value) : value;
            Tick next = new Tick(time, INTERVAL, seen, Law.TOTAL);
            Finding finding;
            if (law.kind() == SeriesKind.ERRORS) {
                ShareDetector.Step step = new ShareDetector(SeriesKind.ERRORS, settings).step(share, next);
                share = step.next();
                finding = step.finding();
            } else {
                LevelDetector.Step step = new LevelDetector(law.kind(), settings).step(level, next);
                level = step.next();
                finding = step.finding();
            }
            if (finding.evidence() >= settings.evidenceNeeded()) return tick + 1;
        }
        return most;
    }
}
