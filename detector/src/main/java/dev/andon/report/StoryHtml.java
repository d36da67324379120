package dev.andon.report;

import dev.andon.decide.Wording;
import dev.andon.domain.Candidate;
import dev.andon.domain.Evidence;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The part of a page about one rollout: charts over its time, what was said of it, with which evidence. */
final class StoryHtml {
    private static final int MOST_POINTS = 400;
    private static final int MOST_CLUSTERS = 6;
    private static final Duration BEFORE = Duration.ofMinutes(5);
    private static final Duration AFTER = Duration.ofMinutes(10);

    private final Report report;
    private final Story story;
    private final Instant from;
    private final Instant to;
    private final Html html = new Html();

    StoryHtml(Report report, Story story) {
        this.report = report;
        this.story = story;
        Instant begin = story.course().start().minus(BEFORE);
        Instant end = story.course().end();
        for (Signal signal : story.signals()) {
            if (signal.time().isAfter(end)) end = signal.time();
            if (signal.onset().isPresent() && signal.onset().get().isBefore(begin))
                begin = signal.onset().get();
        }
        this.from = begin.isBefore(report.from()) ? report.from() : begin;
        this.to = end.plus(AFTER).isAfter(report.to()) ? report.to() : end.plus(AFTER);
    }

    Html write(String anchor, boolean named) {
        html.add(
                "<article id=\"%s\"><h3>%s <small>%s%s in %d clusters</small></h3>",
                anchor,
                story.course().rolloutId(),
                named ? report.name() + " · " : "",
                story.course().workload(),
                story.course().clusters().size());
        if (!story.told()) html.add("<p class=\"miss\">Known to be bad, and nothing was said of it.</p>");
        Map<String, ClusterCourse> shown = clusters();
        legend(shown);
        chart(
                "API server latency, 99th percentile",
                Chart.Scale.SECONDS,
                shown,
                c -> c.latency(from, to, MOST_POINTS),
                190);
        chart("DNS errors", Chart.Scale.SHARE, shown, c -> c.dnsErrors(from, to, MOST_POINTS), 120);
        coverage();
        rules();
        signals();
        return html.add("</article>\n");
    }

    /** First the cluster that is hurt, then those that the rollout touches. */
    private Map<String, ClusterCourse> clusters() {
        List<String> names = new ArrayList<>();
        story.signals().forEach(signal -> signal.cluster().ifPresent(names::add));
        names.addAll(story.course().clusters());
        names.addAll(report.clusters().keySet());
        Map<String, ClusterCourse> shown = new LinkedHashMap<>();
        for (String name : names) {
            ClusterCourse course = report.clusters().get(name);
            if (course != null && shown.size() < MOST_CLUSTERS) shown.putIfAbsent(name, course);
        }
        return shown;
    }

    private void legend(Map<String, ClusterCourse> shown) {
        html.add("<p class=\"legend\">");
        int color = 0;
        for (String name : shown.keySet()) html.add("<span class=\"k c%d\">%s</span> ", color++, name);
        html.add("</p>");
    }

    private void chart(
            String title,
            Chart.Scale scale,
            Map<String, ClusterCourse> shown,
            Function<ClusterCourse, Line> line,
            int height) {
        Map<String, Line> lines = new LinkedHashMap<>();
        shown.forEach((name, course) -> lines.put(name, line.apply(course)));
        if (lines.values().stream().allMatch(one -> Double.isNaN(one.largest()))) return;
        Chart chart = new Chart(title, scale, from, to, height);
        chart.reach(List.copyOf(lines.values()));
        int color = 0;
        for (Map.Entry<String, Line> one : lines.entrySet()) {
            chart.line(one.getValue(), "c" + color++, one.getKey(), false);
        }
        mark(chart);
        html.raw(chart.svg());
    }

    private void coverage() {
        Chart chart = new Chart("Coverage of the rollout", Chart.Scale.SHARE, from, to, 110);
        Line covered = story.course().covered();
        if (Double.isNaN(covered.largest())) return;
        Line full = new Line();
        full.add((double) from.toEpochMilli(), 1);
        chart.reach(List.of(full));
        chart.line(covered, "dose", story.course().rolloutId(), true);
        mark(chart);
        html.raw(chart.svg());
    }

    private void mark(Chart chart) {
        Optional<Instant> onset =
                story.truth() == Known.Verdict.BAD && report.known().onset().isPresent()
                        ? report.known().onset()
                        : story.halt().or(story::hold).flatMap(Signal::onset);
        onset.filter(this::within).ifPresent(time -> chart.mark(time, "onset", "onset"));
        story.hold().map(Signal::time).filter(this::within).ifPresent(time -> chart.mark(time, "HOLD", "HOLD"));
        story.halt().map(Signal::time).filter(this::within).ifPresent(time -> chart.mark(time, "HALT", "HALT"));
        for (Firing firing : report.firings()) {
            boolean here = story.course().clusters().contains(firing.cluster());
            if (here && within(firing.time())) chart.mark(firing.time(), "rule", "");
        }
    }

    private boolean within(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    private void rules() {
        List<Firing> near = report.firings().stream()
                .filter(firing -> story.course().clusters().contains(firing.cluster()) && within(firing.time()))
                .limit(8)
                .toList();
        if (near.isEmpty()) {
            html.add("<p class=\"rules\">None of the operators' rules fired in this time.</p>");
            return;
        }
        html.add("<p class=\"rules\">Dotted: operators' rules. ");
        for (Firing firing : near) {
            html.add("%s in %s at %s. ", firing.rule().label(), firing.cluster(), Words.time(firing.time()));
        }
        html.add("</p>");
    }

    private void signals() {
        html.add("<ol class=\"signals\">");
        story.signals().stream().limit(12).forEach(this::signal);
        html.add("</ol>");
    }

    private void signal(Signal signal) {
        html.add(
                "<li><span class=\"v %s\">%s</span> <time>%s</time> %s",
                signal.action(), signal.action(), Words.time(signal.time()), signal.reason());
        if (!signal.evidence().isEmpty()) evidence(signal.evidence());
        List<Candidate> others = signal.candidates().stream()
                .filter(candidate ->
                        !candidate.rolloutId().equals(story.course().rolloutId()))
                .toList();
        if (!others.isEmpty()) {
            html.add("<p class=\"others\">Also considered: ");
            others.forEach(other -> html.add(
                    "%s (%s%s). ",
                    other.rolloutId(),
                    Words.percent(other.probability()),
                    other.why().map(why -> "; " + why).orElse("")));
            html.add("</p>");
        }
        html.add("</li>");
    }

    private void evidence(List<Evidence> all) {
        html.add("<table class=\"e\"><thead><tr><th>series</th><th>before</th><th>after</th><th>since</th>")
                .add("<th>false alarm at most</th></tr></thead><tbody>");
        all.stream()
                .limit(8)
                .forEach(evidence -> html.add(
                        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%.1e</td></tr>",
                        evidence.series(),
                        Wording.quantity(evidence.before(), evidence.unit()),
                        Wording.quantity(evidence.after(), evidence.unit()),
                        Words.time(evidence.onset()),
                        evidence.falseAlarmProbability()));
        html.add("</tbody></table>");
    }
}
