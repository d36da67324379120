package dev.andon.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of the demo: for people, and as one JSON object for programs. Pure. */
final class DemoSummary {
    private static final int INDENT = 15;

    private DemoSummary() {}

    static List<String> lines(DemoOutcome outcome, Instant begin) {
        List<String> lines = new ArrayList<>();
        if (outcome.guilty().isEmpty()) {
            add(lines, "guilty", "nobody: no rollout of this scenario does harm");
        } else {
            add(lines, "guilty", outcome.guilty().get());
            add(lines, "onset", outcome.onset().map(time -> at(begin, time)).orElse("no cluster was hurt"));
            add(lines, "halt", halt(outcome, begin));
            add(lines, outcome.halt().isPresent() ? "exposure" : "reached", exposure(outcome));
            outcome.halt().map(Signal::reason).ifPresent(reason -> add(lines, "because", reason));
            outcome.recovered().ifPresent(time -> add(lines, "recovered", at(begin, time)));
        }
        add(lines, "innocents", innocents(outcome));
        return lines;
    }

    private static void add(List<String> lines, String label, String text) {
        for (String line : Wrap.lines(text, DemoScreen.WIDTH - INDENT)) {
            lines.add(String.format("  %-" + (INDENT - 2) + "s%s", label, line));
            label = "";
        }
    }

    private static String halt(DemoOutcome outcome, Instant begin) {
        if (outcome.halt().isEmpty()) return outcome.andon() ? "never" : "never: Andon was switched off";
        String delay = outcome.delay()
                .map(d -> String.format(
                        Locale.ROOT,
                        ", %.1f s %s the onset",
                        Math.abs(d.toMillis()) / 1e3,
                        d.isNegative() ? "before" : "after"))
                .orElse("");
        return at(begin, outcome.halt().get().time()) + delay;
    }

    private static String exposure(DemoOutcome outcome) {
        return outcome.reached().updated() + " of " + outcome.reached().total() + " nodes ("
                + Quantities.percent(outcome.ratio()) + ")";
    }

    private static String innocents(DemoOutcome outcome) {
        if (outcome.innocents().isEmpty()) return "none";
        return outcome.innocents().stream()
                .map(id -> id
                        + (outcome.halted().contains(id)
                                ? " HALTED"
                                : outcome.completed().contains(id) ? " completed" : " not completed"))
                .collect(Collectors.joining(", "));
    }

    private static String at(Instant begin, Instant time) {
        return Quantities.clock(begin, time);
    }

    static String json(DemoOutcome outcome) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("scenario", outcome.scenario()).put("seed", outcome.seed());
        json.put("guilty", outcome.guilty().orElse(null));
        json.put("onset", text(outcome.onset()));
        json.put("halt", text(outcome.halt().map(Signal::time)));
        if (outcome.halt().isPresent()) {
            json.putObject("exposureAtHalt")
                    .put("updated", outcome.reached().updated())
                    .put("total", outcome.reached().total());
        } else {
            json.putNull("exposureAtHalt");
        }
        outcome.halted().forEach(json.putArray("halted")::add);
        outcome.completed().forEach(json.putArray("completed")::add);
        return json.toString();
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
