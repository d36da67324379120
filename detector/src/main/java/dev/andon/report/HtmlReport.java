package dev.andon.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes reports as one page that needs nothing else: no script, no font, no network. */
public final class HtmlReport {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_STORIES = 60;

    private final List<Report> reports;
    private final Totals totals;
    private final Html page = new Html();

    private HtmlReport(List<Report> reports) {
        this.reports = reports;
        this.totals = Totals.of(reports);
    }

    /**
     * Returns the page.
     *
     * @param title what was replayed
     * @param made by which program, when
     */
    public static String page(String title, String made, List<Report> reports) {
        return new HtmlReport(reports).write(title, made);
    }

    private String write(String title, String made) {
        page.add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .add(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .add("<title>Andon report: %s</title><style>", title)
                .raw(new Html().add(Style.CSS))
                .add("</style></head><body><main>\n<h1>What Andon would have done</h1>")
                .add("<p class=\"sub\">%s · %s</p>\n", title, made);
        tiles();
        compare();
        sensitivity();
        rollouts();
        stories();
        alarms();
        method();
        return page.add("</main></body></html>\n").toString();
    }

    private void tiles() {
        page.add("<section class=\"tiles\">");
        if (totals.bad() > 0) {
            tile(totals.badHalted() + " of " + totals.bad(), "bad rollouts halted", totals.badHalted() == totals.bad());
        }
        if (totals.fine() > 0) {
            tile(
                    String.format(Locale.ROOT, "%.1f", 1_000.0 * totals.fineHalted() / totals.fine()),
                    "false halts per 1,000 fine rollouts: " + totals.fineHalted() + " of " + totals.fine()
                            + ", at most " + perMille(Totals.atMost(totals.fineHalted(), totals.fine()))
                            + " with 95 % confidence",
                    totals.fineHalted() == 0);
        }
        if (totals.unknown() > 0) {
            tile(
                    totals.unknownHalted() + " of " + totals.unknown(),
                    "rollouts halted. Nobody said which were bad; if all were fine, these are "
                            + perMille((double) totals.unknownHalted() / totals.unknown())
                            + " false halts per 1,000. Name the bad ones with --bad",
                    totals.unknownHalted() == 0);
        }
        tile(totals.medianDelay().map(Words::duration).orElse("-"), "median from onset to HALT", true);
        tile(
                totals.medianExposure().map(Words::percent).orElse("-"),
                "median exposure at HALT: the part of the rollout that was done",
                true);
        tile(Long.toString(totals.held()), "rollouts held and never halted", true);
        page.add("</section>\n");
    }

    private void tile(String value, String says, boolean good) {
        page.add("<div class=\"tile%s\"><b>%s</b><span>%s</span></div>", good ? "" : " warn", value, says);
    }

    private static String perMille(double share) {
        return String.format(Locale.ROOT, "%.1f", 1_000 * share);
    }

    private void compare() {
        page.add("<h2>The same history under operators' usual rules</h2>")
                .add(
                        "<p>An alert counts for a bad rollout when it fires in a cluster that the rollout touches, after the onset and")
                .add(
                        " until 30 minutes after its end. Rules halt nothing: somebody has to read the alert and find the rollout.</p>")
                .add(
                        "<div class=\"wide\"><table><thead><tr><th>who</th><th>bad rollouts found</th><th>median delay</th>")
                .add("<th>exposure by then</th><th>other alerts</th></tr></thead><tbody>");
        long bad = totals.bad() + (totals.bad() == 0 ? totals.unknownHalted() : 0);
        long found = totals.bad() == 0 ? totals.unknownHalted() : totals.badHalted();
        page.add(
                "<tr class=\"us\"><td>Andon, HALT</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>",
                found + " of " + bad,
                totals.medianDelay().map(Words::duration).orElse("-"),
                totals.medianExposure().map(Words::percent).orElse("-"),
                totals.fineHalted());
        for (OperatorRule rule : OperatorRule.values()) {
            Rivals rival = Rivals.of(rule, reports);
            page.add(
                    "<tr><td>%s<small>%s</small></td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>",
                    rule.label(),
                    rule.says(),
                    rival.found() + " of " + rival.bad(),
                    Words.median(rival.delays()).map(Words::duration).orElse("-"),
                    Words.medianShare(rival.exposures()).map(Words::percent).orElse("-"),
                    rival.elsewhere());
        }
        page.add("</tbody></table></div>\n");
    }

    private void sensitivity() {
        Map<Double, List<Budget>> byBudget = new TreeMap<>((a, b) -> Double.compare(b, a));
        for (Report report : reports) {
            report.sensitivity()
                    .forEach(budget -> byBudget.computeIfAbsent(budget.falseHaltProbability(), key -> new ArrayList<>())
                            .add(budget));
        }
        if (byBudget.isEmpty()) return;
        page.add("<h2>With other budgets</h2><p>The budget (<code>detection.false-halt-probability</code>) is the")
                .add(
                        " accepted probability of a false halt per rollout. If these rows differ little, it hardly matters here.</p>")
                .add(
                        "<div class=\"wide\"><table><thead><tr><th>budget</th><th>halted</th><th></th><th>held only</th></tr></thead><tbody>");
        long rollouts = Math.max(1, totals.rollouts());
        byBudget.forEach((probability, budgets) -> {
            long halted = budgets.stream().mapToLong(b -> b.halted().size()).sum();
            long held = budgets.stream().mapToLong(b -> b.held().size()).sum();
            boolean chosen = budgets.get(0).chosen();
            page.add(
                    "<tr class=\"%s\"><td>%s%s</td><td>%d</td><td class=\"bars\"><svg viewBox=\"0 0 300 14\" aria-hidden=\"true\">"
                            + "<rect class=\"bg\" width=\"300\" height=\"14\"/><rect class=\"bh\" width=\"%.1f\" height=\"14\"/><rect class=\"bo\" x=\"%.1f\" width=\"%.1f\" height=\"14\"/></svg></td><td>%d</td></tr>",
                    chosen ? "us" : "",
                    Words.probability(probability),
                    chosen ? " (chosen)" : "",
                    halted,
                    300.0 * halted / rollouts,
                    300.0 * halted / rollouts,
                    300.0 * held / rollouts,
                    held);
        });
        page.add("</tbody></table></div>\n");
    }

    private void rollouts() {
        page.add(
                        "<h2>Rollouts</h2><div class=\"wide\"><table><thead><tr><th>rollout</th><th>began</th><th>verdict</th>")
                .add("<th>delay</th><th>exposure</th><th>known to be</th></tr></thead><tbody>");
        int rows = 0;
        for (Report report : reports) {
            for (Story story : report.stories()) {
                if (rows++ >= MOST_ROWS) continue;
                row(report, story);
            }
        }
        page.add("</tbody></table></div>");
        if (rows > MOST_ROWS) page.add("<p>%d more rollouts are counted above and not listed.</p>", rows - MOST_ROWS);
    }

    private void row(Report report, Story story) {
        String verdict = story.halt().isPresent() ? "HALT" : story.hold().isPresent() ? "HOLD" : "none";
        boolean told = story.told() || story.truth() == Known.Verdict.BAD;
        page.add("<tr><td>");
        if (told)
            page.add(
                    "<a href=\"#%s\">%s</a>",
                    anchor(report, story), story.course().rolloutId());
        else page.add("%s", story.course().rolloutId());
        page.add(
                "<small>%s%s</small></td><td>%s</td><td><span class=\"v %s\">%s</span></td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                reports.size() > 1 ? report.name() + " · " : "",
                story.course().workload(),
                Words.time(story.course().start()),
                verdict,
                verdict.equals("none") ? "proceed" : verdict,
                story.delay(report.known().onset()).map(Words::duration).orElse(""),
                story.halt()
                        .map(halt -> Words.percent(Totals.exposure(story, halt.time())))
                        .orElse(""),
                switch (story.truth()) {
                    case BAD -> "bad";
                    case FINE -> "fine";
                    case UNKNOWN -> "";
                });
    }

    private String anchor(Report report, Story story) {
        return "s" + reports.indexOf(report) + "-" + report.stories().indexOf(story);
    }

    private void stories() {
        int shown = 0;
        page.add("<h2>What was said, and why</h2>");
        for (Report report : reports) {
            for (Story story : report.stories()) {
                if (!story.told() && story.truth() != Known.Verdict.BAD) continue;
                if (shown++ >= MOST_STORIES) continue;
                page.raw(new StoryHtml(report, story).write(anchor(report, story), reports.size() > 1));
            }
        }
        if (shown == 0) page.add("<p>No rollout was halted or held.</p>");
        if (shown > MOST_STORIES) page.add("<p>%d more are in the table above only.</p>", shown - MOST_STORIES);
    }

    private void alarms() {
        Map<String, Integer> byReason = new LinkedHashMap<>();
        for (Report report : reports) {
            report.alarms()
                    .forEach(
                            alarm -> byReason.merge(Words.time(alarm.time()) + "  " + alarm.reason(), 1, Integer::sum));
        }
        if (byReason.isEmpty()) return;
        page.add("<h2>Alarms: a cluster was hurt and no rollout to blame</h2><ul>");
        byReason.keySet().stream().limit(100).forEach(reason -> page.add("<li>%s</li>", reason));
        page.add("</ul>");
        if (byReason.size() > 100) page.add("<p>and %d more</p>", byReason.size() - 100);
    }

    private void method() {
        page.add("<h2>How to read this</h2><ul>")
                .add(
                        "<li>The same functions that decide in production decided here, on the inputs in order of their own time.</li>")
                .add(
                        "<li>History keeps going where a halt would have stopped it: what would have happened then cannot be replayed.</li>")
                .add(
                        "<li>Delay is counted from the onset as known, or else as Andon saw it. Sampling bounds it: with samples every 30 s")
                .add(" nothing is seen earlier than that.</li>")
                .add(
                        "<li>Windows of the rules that reach back before the data are judged on what there is, which favours the rule.</li>")
                .add("</ul><table><tbody>");
        for (Report report : reports) {
            page.add(
                    "<tr><td>%s</td><td>%s to %s UTC</td><td>%s</td><td>%,d inputs</td><td>%d clusters</td></tr>",
                    report.name(),
                    Words.time(report.from()),
                    Words.time(report.to()),
                    Words.duration(Duration.between(report.from(), report.to())),
                    report.inputs(),
                    report.clusters().size());
        }
        page.add("</tbody></table>");
    }

    /** When a page was made, for people. */
    public static String madeAt(String program, Instant now) {
        return program + ", " + Words.time(now) + " UTC";
    }
}
