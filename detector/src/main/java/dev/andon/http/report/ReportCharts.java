package dev.andon.http.report;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Signal;
import dev.andon.http.report.LineChart.Line;
import dev.andon.http.report.LineChart.Mark;
import dev.andon.http.report.LineChart.Picture;
import dev.andon.http.report.LineChart.Point;
import dev.andon.http.report.LineChart.Span;
import dev.andon.http.view.Levels;
import dev.andon.http.view.RolloutStory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The charts of one cluster, from a while before the rollout began on. */
final class ReportCharts {
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private final RolloutStory story;
    private final Levels levels;
    private final Instant since;

    ReportCharts(RolloutStory story, Levels levels) {
        this.story = story;
        this.levels = levels;
        this.since = story.rollout().firstSeen().minus(BEFORE);
    }

    String latency() {
        List<Levels.Latency> shown =
                levels.latency().stream().filter(at -> at.time().isAfter(since)).toList();
        return LineChart.figure(new Picture(
                "API server latency",
                List.of(
                        new Line(
                                "P99",
                                "one",
                                points(shown.stream()
                                        .map(at ->
                                                new Point(at.time(), at.level().p99Seconds())))),
                        new Line(
                                "mean",
                                "two",
                                points(shown.stream()
                                        .map(at ->
                                                new Point(at.time(), at.level().meanSeconds()))))),
                coverage(),
                marks(),
                onsets("apiserver"),
                Figures::seconds,
                0.01));
    }

    String dns() {
        List<Levels.Dns> shown =
                levels.dns().stream().filter(at -> at.time().isAfter(since)).toList();
        return LineChart.figure(new Picture(
                "DNS errors",
                List.of(
                        new Line(
                                "errors",
                                "one",
                                points(shown.stream()
                                        .map(at ->
                                                new Point(at.time(), at.level().errorRatio())))),
                        new Line(
                                "stale answers",
                                "two",
                                points(shown.stream()
                                        .map(at ->
                                                new Point(at.time(), at.level().staleRatio()))))),
                coverage(),
                marks(),
                onsets("dns"),
                Figures::percent,
                0.05));
    }

    private static List<Point> points(Stream<Point> points) {
        return points.toList();
    }

    private Line coverage() {
        return new Line(
                "coverage",
                "band",
                story.courses().stream()
                        .filter(course ->
                                course.cluster().equals(levels.cluster().name()))
                        .flatMap(course -> course.steps().stream())
                        .map(step -> new Point(step.time(), step.coverage().ratio()))
                        .toList());
    }

    private List<Mark> marks() {
        return story.rollout().signals().stream()
                .map(signal -> new Mark(signal.time(), signal.action().name(), style(signal)))
                .toList();
    }

    private static String style(Signal signal) {
        if (signal.action() == Action.HOLD) return "wait";
        return signal.action() == Action.CLEAR ? "fine" : "stop";
    }

    private List<Span> onsets(String kind) {
        return levels.changes().stream()
                .filter(change -> !change.ended() && change.evidence().series().startsWith(kind))
                .filter(change -> change.onsetLatest().isAfter(since))
                .map(ReportCharts::onset)
                .toList();
    }

    private static Span onset(ChangePoint change) {
        return new Span(change.onsetEarliest(), change.onsetLatest());
    }
}
