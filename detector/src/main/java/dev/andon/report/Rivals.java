package dev.andon.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one rule would have done over all histories.
 *
 * @param alerts times it fired
 * @param found bad rollouts during which or soon after which it fired in a cluster that they touched
 * @param bad bad rollouts whose harm began at a known time
 * @param delays from the onset to the alert, shortest first
 * @param exposures part of the bad rollout that was done by then
 * @param elsewhere alerts in histories of which nobody says that a rollout was bad, or before the onset
 */
record Rivals(
        OperatorRule rule,
        long alerts,
        long found,
        long bad,
        List<Duration> delays,
        List<Double> exposures,
        long elsewhere) {
    private static final Duration SOON = Duration.ofMinutes(30);

    static Rivals of(OperatorRule rule, List<Report> reports) {
        long alerts = 0;
        long bad = 0;
        long elsewhere = 0;
        List<Duration> delays = new ArrayList<>();
        List<Double> exposures = new ArrayList<>();
        for (Report report : reports) {
            List<Firing> own = report.firings().stream()
                    .filter(firing -> firing.rule() == rule)
                    .toList();
            alerts += own.size();
            List<Story> guilty = report.stories().stream()
                    .filter(story -> story.truth() == Known.Verdict.BAD || unlabelledHalt(story))
                    .toList();
            bad += guilty.size();
            elsewhere += own.stream()
                    .filter(firing -> guilty.stream().noneMatch(story -> explains(story, report, firing)))
                    .count();
            for (Story story : guilty) {
                own.stream()
                        .filter(firing -> explains(story, report, firing))
                        .min(Comparator.comparing(Firing::time))
                        .ifPresent(firing -> {
                            delays.add(Duration.between(onset(story, report), firing.time()));
                            exposures.add(Totals.exposure(story, firing.time()));
                        });
            }
        }
        delays.sort(Duration::compareTo);
        exposures.sort(Double::compareTo);
        return new Rivals(rule, alerts, delays.size(), bad, delays, exposures, elsewhere);
    }

    /** Where nobody says which were bad, the rollouts that Andon halts are what there is to compare with. */
    private static boolean unlabelledHalt(Story story) {
        return story.truth() == Known.Verdict.UNKNOWN && story.halt().isPresent();
    }

    static Instant onset(Story story, Report report) {
        Optional<Instant> known = report.known().onset();
        return known.or(() -> story.halt().flatMap(halt -> halt.onset()))
                .orElse(story.course().start());
    }

    private static boolean explains(Story story, Report report, Firing firing) {
        Instant onset = onset(story, report);
        Instant latest = (story.course().end().isAfter(onset) ? story.course().end() : onset).plus(SOON);
        return story.course().clusters().contains(firing.cluster())
                && !firing.time().isBefore(onset)
                && !firing.time().isAfter(latest);
    }
}
