package dev.andon.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shows frames: redrawn in place on a terminal, as a log of what is new everywhere else. */
abstract sealed class DemoDisplay {
    /** Chooses by what stderr is: a terminal that can redraw, or a file or pipe. */
    static DemoDisplay on(PrintWriter err) {
        String terminal = System.getenv().getOrDefault("TERM", "dumb");
        // Java cannot say of stderr alone whether it is a terminal; the launcher can.
        boolean redraws = Boolean.getBoolean("andon.terminal") && !terminal.equals("dumb");
        if (!redraws) return new Log(err);
        return new Live(err, System.getenv("NO_COLOR") == null ? Paint.ANSI : Paint.PLAIN);
    }

    abstract void show(DemoFrame frame);

    /** Leaves the last state on the screen. */
    abstract void end(DemoFrame frame);

    /** Redraws in place. */
    static final class Live extends DemoDisplay {
        private static final String CLEAR_LINE = "\u001b[2K";
        private static final String CLEAR_BELOW = "\u001b[J";

        private final PrintWriter err;
        private final DemoScreen screen;
        private int drawn;

        Live(PrintWriter err, Paint paint) {
            this.err = err;
            this.screen = new DemoScreen(paint);
        }

        @Override
        void show(DemoFrame frame) {
            List<String> lines = screen.lines(frame);
            // One write per frame, so that a terminal never shows half of one.
            StringBuilder text = new StringBuilder();
            if (drawn > 0) text.append("\u001b[").append(drawn).append('A');
            for (String line : lines) text.append(CLEAR_LINE).append(line).append('\n');
            err.print(text.append(CLEAR_BELOW));
            err.flush();
            drawn = lines.size();
        }

        @Override
        void end(DemoFrame frame) {
            show(frame);
        }
    }

    /** Prints each sentence once, and the state every few seconds. */
    static final class Log extends DemoDisplay {
        private static final Duration EVERY = Duration.ofSeconds(5);

        private final PrintWriter err;
        private final DemoScreen screen = new DemoScreen(Paint.PLAIN);
        private final Set<DemoStory.Entry> told = new HashSet<>();
        private Duration next = Duration.ZERO;

        Log(PrintWriter err) {
            this.err = err;
        }

        @Override
        void show(DemoFrame frame) {
            if (told.isEmpty() && next.isZero()) {
                err.println(frame.title());
                err.println(frame.addresses());
            }
            for (DemoStory.Entry entry : DemoStory.of(frame.fleet())) {
                if (told.add(entry)) screen.entry(frame, entry).forEach(err::println);
            }
            if (frame.elapsed().compareTo(next) >= 0) {
                DemoScreen.brief(frame).forEach(err::println);
                next = frame.elapsed().plus(EVERY);
            }
            err.flush();
        }

        @Override
        void end(DemoFrame frame) {
            next = Duration.ZERO;
            show(frame);
        }
    }
}
