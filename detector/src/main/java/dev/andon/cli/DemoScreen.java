package dev.andon.cli;

import dev.andon.domain.Action;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import dev.andon.http.view.ClusterView;
import dev.andon.http.view.RolloutView;
import dev.andon.simulate.FleetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws the demo for a terminal of 80 columns and 24 rows. Pure: the same frame gives the same lines. */
final class DemoScreen {
    static final int WIDTH = 80;

    /** One less than a small terminal has: the cursor waits below, and a screen that scrolls cannot be redrawn in place. */
    static final int HEIGHT = 23;

    private static final int BAR = 24;
    private static final int FEWEST_STORY_LINES = 3;
    private static final String CLUSTER_ROW = "%-16s %7s %8s %10s %10s %11s  ";
    private static final String ROLLOUT_ROW = "%-22s %s %12s  ";

    private final Paint paint;

    DemoScreen(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(DemoFrame frame) {
        List<String> lines = new ArrayList<>();
        String time = Quantities.clock(frame.elapsed()) + " / " + Quantities.clock(frame.length());
        String title = Wrap.cut(frame.title(), WIDTH - time.length() - 2);
        lines.add(paint.bold(title) + " ".repeat(WIDTH - title.length() - time.length()) + time);
        lines.add(paint.dim(Wrap.cut(frame.addresses(), WIDTH)));
        lines.add("");
        clusters(frame, lines);
        lines.add("");
        rollouts(frame, lines);
        lines.add("");
        story(frame, lines);
        return lines;
    }

    private void clusters(DemoFrame frame, List<String> lines) {
        lines.add(paint.dim(String.format(CLUSTER_ROW, "CLUSTER", "NODES", "REQ/S", "MEAN", "P99", "DNS ERRORS")
                .stripTrailing()));
        for (FleetStatus.ClusterStatus cluster : frame.status().clusters()) {
            Optional<ClusterView> seen = frame.fleet().clusters().stream()
                    .filter(view -> view.name().equals(cluster.cluster()))
                    .findFirst();
            lines.add(cluster(cluster, seen));
        }
    }

    private String cluster(FleetStatus.ClusterStatus cluster, Optional<ClusterView> seen) {
        var latency = seen.flatMap(ClusterView::latency);
        var dns = seen.flatMap(ClusterView::dns);
        String row = String.format(
                Locale.ROOT,
                CLUSTER_ROW,
                Wrap.cut(cluster.cluster(), 16),
                cluster.nodes(),
                latency.map(level -> Quantities.perSecond(level.requestsPerSecond()))
                        .orElse("-"),
                latency.map(level -> Quantities.seconds(level.meanSeconds())).orElse("-"),
                latency.map(level -> Quantities.seconds(level.p99Seconds())).orElse("-"),
                dns.map(level -> Quantities.percent(level.errorRatio())).orElse("-"));
        if (seen.isEmpty() || latency.isEmpty()) return row + paint.dim("no data");
        return seen.get().hurt() ? paint.red(row + "HURT") : row + paint.green("fine");
    }

    private void rollouts(DemoFrame frame, List<String> lines) {
        lines.add(paint.dim(
                String.format(ROLLOUT_ROW, "ROLLOUT", " ".repeat(BAR), "NODES").stripTrailing()));
        for (FleetStatus.RolloutStatus rollout : frame.status().rollouts()) {
            Optional<Signal> standing = frame.fleet().rollouts().stream()
                    .filter(view -> view.rolloutId().equals(rollout.rolloutId()))
                    .findFirst()
                    .flatMap(RolloutView::standing);
            lines.add(rollout(rollout, standing));
        }
    }

    private String rollout(FleetStatus.RolloutStatus rollout, Optional<Signal> standing) {
        double ratio = rollout.coverage().ratio();
        int full = (int) Math.round(ratio * BAR);
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        String places = rollout.coverage().updated() + "/" + rollout.coverage().total();
        String row = String.format(ROLLOUT_ROW, Wrap.cut(rollout.rolloutId(), 22), bar, places);
        String state = state(rollout, standing);
        if (rollout.halted()) return paint.red(row + state);
        if (standing.isPresent()) return paint.yellow(row + state);
        return row + (rollout.completed() ? paint.green(state) : state);
    }

    private static String state(FleetStatus.RolloutStatus rollout, Optional<Signal> standing) {
        if (rollout.halted()) {
            boolean back = rollout.phases().containsValue(Phase.ROLLED_BACK);
            return back ? "HALTED, back" : "HALTED";
        }
        if (rollout.completed()) return "completed";
        if (standing.map(Signal::action).filter(Action.HOLD::equals).isPresent()) return "HELD";
        return rollout.phases().isEmpty()
                ? "waiting"
                : Quantities.percent(rollout.coverage().ratio());
    }

    /** The newest sentences, as many as there is room for. */
    private void story(DemoFrame frame, List<String> lines) {
        List<String> told = new ArrayList<>();
        for (DemoStory.Entry entry : DemoStory.of(frame.fleet())) told.addAll(entry(frame, entry));
        if (told.isEmpty()) told.add(paint.dim("nothing has changed so far"));
        int room = Math.max(FEWEST_STORY_LINES, HEIGHT - lines.size());
        lines.addAll(told.subList(Math.max(0, told.size() - room), told.size()));
    }

    /** One sentence with its time, wrapped and indented. */
    List<String> entry(DemoFrame frame, DemoStory.Entry entry) {
        String time = Quantities.clock(frame.begin(), entry.time()) + "  ";
        List<String> lines = new ArrayList<>();
        for (String line : Wrap.lines(entry.text(), WIDTH - time.length())) {
            String start = lines.isEmpty() ? time : " ".repeat(time.length());
            lines.add(start + tinted(entry.tone(), line));
        }
        return lines;
    }

    private String tinted(DemoStory.Tone tone, String line) {
        return switch (tone) {
            case CALM -> paint.green(line);
            case NOTICE -> paint.yellow(line);
            case ALERT -> paint.red(line);
        };
    }

    /** The whole state in a few short lines, for a log that cannot be redrawn. */
    static List<String> brief(DemoFrame frame) {
        List<String> parts = new ArrayList<>();
        for (ClusterView cluster : frame.fleet().clusters()) {
            String latency = cluster.latency()
                    .map(level -> Quantities.seconds(level.p99Seconds()))
                    .orElse("-");
            String dns = cluster.dns()
                    .map(level -> Quantities.percent(level.errorRatio()))
                    .orElse("-");
            parts.add(cluster.name() + " p99 " + latency + ", dns " + dns);
        }
        for (FleetStatus.RolloutStatus rollout : frame.status().rollouts()) {
            String halted = rollout.halted() ? " HALTED at " : " ";
            parts.add(rollout.rolloutId()
                    + halted
                    + Quantities.percent(rollout.coverage().ratio()));
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(Quantities.clock(frame.elapsed()) + "  ");
        for (String part : parts) {
            if (line.length() + part.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(7));
            }
            line.append(part).append("; ");
        }
        lines.add(line.substring(0, line.length() - 2));
        return lines;
    }
}
