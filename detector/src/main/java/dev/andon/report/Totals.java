package dev.andon.report;

import dev.andon.domain.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums over all histories of a report. */
record Totals(
        long rollouts,
        long bad,
        long badHalted,
        long fine,
        long fineHalted,
        long unknown,
        long unknownHalted,
        long held,
        List<Duration> delays,
        List<Double> exposures) {

    static Totals of(List<Report> reports) {
        long[] counts = new long[8];
        List<Duration> delays = new ArrayList<>();
        List<Double> exposures = new ArrayList<>();
        for (Report report : reports) {
            for (Story story : report.stories()) {
                counts[0]++;
                int place = place(story.truth());
                counts[1 + place]++;
                if (story.halt().isPresent()) counts[4 + place]++;
                if (story.halt().isEmpty() && story.hold().isPresent()) counts[7]++;
                if (story.truth() == Known.Verdict.FINE) continue;
                story.delay(report.known().onset()).ifPresent(delays::add);
                story.halt().ifPresent(halt -> exposures.add(exposure(story, halt.time())));
            }
        }
        delays.sort(Duration::compareTo);
        exposures.sort(Double::compareTo);
        return new Totals(
                counts[0], counts[1], counts[4], counts[2], counts[5], counts[3], counts[6], counts[7], delays,
                exposures);
    }

    private static int place(Known.Verdict truth) {
        return switch (truth) {
            case BAD -> 0;
            case FINE -> 1;
            case UNKNOWN -> 2;
        };
    }

    static double exposure(Story story, Instant time) {
        Coverage coverage = story.course().at(time);
        return coverage.ratio();
    }

    Optional<Duration> medianDelay() {
        return Words.median(delays);
    }

    Optional<Double> medianExposure() {
        return Words.medianShare(exposures);
    }

    /** @return upper end of the 95 % interval of a share (Wilson), in [0, 1] */
    static double atMost(long count, long of) {
        if (of == 0) return 1;
        double z = 1.959964;
        double p = (double) count / of;
        double middle = p + z * z / (2 * of);
        double half = z * Math.sqrt(p * (1 - p) / of + z * z / (4.0 * of * of));
        return Math.min(1, (middle + half) / (1 + z * z / of));
    }
}
