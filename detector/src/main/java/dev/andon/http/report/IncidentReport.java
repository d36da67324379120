package dev.andon.http.report;

import dev.andon.domain.Candidate;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Delivery;
import dev.andon.domain.Evidence;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import dev.andon.http.view.Levels;
import dev.andon.http.view.RolloutStory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One decision and all that explains it, as one HTML file: to be mailed, kept and read without Andon. */
public final class IncidentReport {
    private final Incident incident;
    private final Signal signal;
    private final Html out = new Html();

    /**
     * What is reported.
     *
     * @param signal the decision that it is about
     * @param clusters how the clusters fared that matter, the most important first
     * @param made when the report was asked for
     */
    public record Incident(RolloutStory story, Signal signal, List<Levels> clusters, Instant made) {
        public Incident {
            clusters = List.copyOf(clusters);
        }
    }

    private IncidentReport(Incident incident) {
        this.incident = incident;
        this.signal = incident.signal();
    }

    /** @return the policy under which the page may be shown: its own style and nothing else */
    public static String contentSecurity() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ReportStyle.CSS.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash) + "'; base-uri 'none'; form-action 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @return the whole file */
    public static String html(Incident incident) {
        return new IncidentReport(incident).write();
    }

    private String write() {
        String title = signal.action() + " " + incident.story().rollout().rolloutId();
        out.markup("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"" + contentSecurity() + "\">")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .element("title", "Incident report: " + title)
                .markup("<style>" + ReportStyle.CSS + "</style></head><body><main>")
                .markup("<p class=\"quiet\">Incident report</p>")
                .element("h1", title);
        summary();
        for (Levels levels : incident.clusters()) charts(levels);
        candidates();
        evidence();
        timeline();
        changes();
        return out.markup("<p class=\"quiet\">Made by Andon at ")
                .text(Figures.moment(incident.made()) + ". All times are UTC. Charts show what the detector remembers.")
                .markup("</p></main></body></html>\n")
                .toString();
    }

    private void summary() {
        out.element("p class=\"reason\"", signal.reason()).markup("<dl>");
        signal.cluster().ifPresent(cluster -> fact("hurt cluster", cluster));
        signal.onset().ifPresent(onset -> fact("began", Figures.moment(onset)));
        fact("decided", Figures.moment(signal.time()));
        signal.onset().ifPresent(onset -> fact("delay", Figures.span(Duration.between(onset, signal.time()))));
        signal.exposure()
                .ifPresent(exposure -> fact(
                        "exposure then",
                        exposure.updated() + " of " + exposure.total() + " places in " + exposure.clusters()
                                + " clusters"));
        signal.probability().ifPresent(probability -> fact("how sure", Figures.percent(probability)));
        verified().ifPresent(time -> fact("verified", Figures.moment(time)));
        Coverage now = incident.story().rollout().coverage();
        fact("coverage now", now.updated() + " of " + now.total() + " (" + Figures.percent(now.ratio()) + ")");
        out.markup("</dl>");
    }

    private Optional<Instant> verified() {
        return incident.story().deliveries().stream()
                .filter(delivery -> delivery.signalId().equals(signal.signalId()))
                .filter(delivery -> delivery.status() == Delivery.Status.VERIFIED)
                .map(Delivery::time)
                .findFirst();
    }

    private void fact(String name, String value) {
        out.markup("<div>").element("dt", name).element("dd", value).markup("</div>");
    }

    private void charts(Levels levels) {
        String cluster = levels.cluster().name();
        out.element("h2", "What " + cluster + " measured");
        ReportCharts charts = new ReportCharts(incident.story(), levels);
        out.markup(charts.latency()).markup(charts.dns());
    }

    private void candidates() {
        if (signal.candidates().isEmpty()) return;
        table("Who could have done it", "Rollout", "Probability", "Why not");
        double rest = 1;
        for (Candidate candidate : signal.candidates()) {
            rest -= candidate.probability();
            row(
                    candidate.rolloutId(),
                    Figures.percent(candidate.probability()),
                    (candidate.exonerated() ? "exonerated: " : "")
                            + candidate.why().orElse(""));
        }
        row("none of them", Figures.percent(Math.max(0, rest)), "");
        out.markup("</tbody></table>");
    }

    private void evidence() {
        if (signal.evidence().isEmpty()) return;
        table("Evidence", "Series", "Before", "After", "Change", "Since", "By chance");
        for (Evidence evidence : signal.evidence()) {
            row(
                    evidence.series(),
                    Figures.level(evidence.before(), evidence.unit()),
                    Figures.level(evidence.after(), evidence.unit()),
                    Figures.factor(evidence.before(), evidence.after()),
                    Figures.moment(evidence.onset()),
                    String.format(Locale.ROOT, "%.0e", evidence.falseAlarmProbability()));
        }
        out.markup("</tbody></table>");
    }

    /** One line of the story. */
    private record Line(Instant time, String what, String text) {}

    private void timeline() {
        List<Line> lines = new ArrayList<>();
        for (Signal said : incident.story().rollout().signals()) {
            lines.add(new Line(said.time(), said.action().name(), said.reason()));
        }
        for (OperatorOverride override : incident.story().overrides()) {
            lines.add(new Line(
                    override.time(), override.decision() + " by hand", override.actor() + ": " + override.reason()));
        }
        for (Delivery delivery : incident.story().deliveries()) {
            lines.add(new Line(
                    delivery.time(),
                    delivery.sink(),
                    delivery.status() + ", " + delivery.target()
                            + delivery.detail().map(detail -> ": " + detail).orElse("")));
        }
        lines.sort(Comparator.comparing(Line::time));
        table("What happened", "Time", "What", "Why");
        for (Line line : lines) row(Figures.moment(line.time()), line.what(), line.text());
        out.markup("</tbody></table>");
    }

    private void changes() {
        if (incident.story().changes().isEmpty()) return;
        table("Change points in its clusters", "Since", "Cluster", "Series", "Before", "After", "State");
        for (ChangePoint change : incident.story().changes()) {
            Evidence evidence = change.evidence();
            row(
                    Figures.moment(evidence.onset()),
                    change.cluster(),
                    evidence.series(),
                    Figures.level(evidence.before(), evidence.unit()),
                    Figures.level(evidence.after(), evidence.unit()),
                    change.ended() ? "ended" : evidence.kind().name().toLowerCase(Locale.ROOT));
        }
        out.markup("</tbody></table>");
    }

    private void table(String title, String... columns) {
        out.element("h2", title).markup("<table><thead><tr>");
        for (String column : columns) out.element("th scope=\"col\"", column);
        out.markup("</tr></thead><tbody>");
    }

    private void row(String... cells) {
        out.markup("<tr>");
        for (String cell : cells) out.markup("<td><bdi>").text(cell).markup("</bdi></td>");
        out.markup("</tr>");
    }
}
