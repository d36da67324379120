package dev.andon.cli;

import java.util.ArrayList;
import java.util.List;

/** What {@code andon doctor} has looked at, in order, each with what it saw and, where it is not well, what to do. */
final class Checkup {
    private final List<Finding> findings = new ArrayList<>();

    /** How one thing is. */
    enum Level {
        OK,
        /** Works, and somebody should look. */
        WARN,
        /** Does not work. */
        FAIL,
        /** Could not be looked at. */
        SKIP
    }

    /** @param todo empty when there is nothing to do */
    record Finding(Level level, String what, String saw, String todo) {}

    void ok(String what, String saw) {
        findings.add(new Finding(Level.OK, what, saw, ""));
    }

    void warn(String what, String saw, String todo) {
        findings.add(new Finding(Level.WARN, what, saw, todo));
    }

    void fail(String what, String saw, String todo) {
        findings.add(new Finding(Level.FAIL, what, saw, todo));
    }

    void skip(String what, String why) {
        findings.add(new Finding(Level.SKIP, what, why, ""));
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
