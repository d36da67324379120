package dev.andon.cli;

import dev.andon.domain.Action;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import dev.andon.recording.Recording;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of each recording, a line each, as they finish. */
final class ReplayTable {
    private static final String LINE = "%-24s %9s %5s %5s %5s %5s %8s  %s%n";

    private final PrintWriter err;
    private boolean headed;

    ReplayTable(PrintWriter err) {
        this.err = err;
    }

    /** @param refused by reason: lines that could not be read, and samples that came twice or too late */
    record Row(String recording, long inputs, List<Signal> signals, Map<RejectReason, Long> refused, Duration took) {
        static Row of(Recording recording, Replayer.Result result, Duration took) {
            Map<RejectReason, Long> refused = new EnumMap<>(RejectReason.class);
            recording.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            result.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            return new Row(recording.name(), recording.inputs().size(), result.signals(), refused, took);
        }

        /** @return rollouts, or clusters for ALARM, that got such a signal: while nobody obeys a HALT is said again */
        long count(Action action) {
            return signals.stream()
                    .filter(signal -> signal.action() == action)
                    .map(signal -> signal.rolloutId().or(signal::cluster))
                    .distinct()
                    .count();
        }
    }

    void print(Row row) {
        if (!headed) {
            err.printf(LINE, "recording", "inputs", "HALT", "HOLD", "CLEAR", "ALARM", "time", "refused");
            headed = true;
        }
        err.printf(
                LINE,
                row.recording(),
                row.inputs(),
                row.count(Action.HALT),
                row.count(Action.HOLD),
                row.count(Action.CLEAR),
                row.count(Action.ALARM),
                String.format(Locale.ROOT, "%.2f s", row.took().toMillis() / 1000.0),
                refused(row.refused()));
        err.flush();
    }

    private static String refused(Map<RejectReason, Long> refused) {
        if (refused.isEmpty()) return "none";
        return refused.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }
}
