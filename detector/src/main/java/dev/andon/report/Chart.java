package dev.andon.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One chart over time as inline SVG: lines, marks at instants, an axis that people can read. */
final class Chart {
    private static final int WIDTH = 900;
    private static final int LEFT = 62;
    private static final int RIGHT = 12;
    private static final int TOP = 22;
    private static final int BOTTOM = 22;
    private static final int TICKS = 6;

    private final String title;
    private final Scale scale;
    private final Instant from;
    private final Instant to;
    private final int height;
    private final Html lines = new Html();
    private final Html marks = new Html();
    private double top;

    /** How values become heights. */
    enum Scale {
        /** Part of one, from 0. */
        SHARE,
        /** Seconds from 1 ms up, by powers of ten. */
        SECONDS
    }

    Chart(String title, Scale scale, Instant from, Instant to, int height) {
        this.title = title;
        this.scale = scale;
        this.from = from;
        this.to = to.isAfter(from) ? to : from.plusSeconds(1);
        this.height = height;
        this.top = scale == Scale.SHARE ? 0.01 : 0.1;
    }

    /** Raises the top of the axis to what is shown; call before the lines are added. */
    void reach(List<Line> all) {
        for (Line line : all) {
            double largest = line.largest();
            if (largest > top) top = largest;
        }
        if (scale == Scale.SECONDS) top = Math.pow(10, Math.ceil(Math.log10(top) - 1e-9));
        if (scale == Scale.SHARE) top = top > 0.5 ? 1 : nice(top);
    }

    private static double nice(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) if (value <= factor * step) return factor * step;
        return 10 * step;
    }

    /** @param style class of the line: {@code c0} to {@code c7}, or {@code faint} */
    void line(Line points, String style, String name, boolean stepped) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        double y = 0;
        for (int i = 0; i < points.size(); i++) {
            double value = points.value(i);
            if (Double.isNaN(value)) {
                pen = false;
                continue;
            }
            double x = x(points.time(i));
            if (pen && stepped) path.append(at('L', x, y));
            y = y(value);
            path.append(at(pen ? 'L' : 'M', x, y));
            pen = true;
        }
        if (pen && stepped) path.append(at('L', x((double) to.toEpochMilli()), y));
        lines.add("<path class=\"l %s\" d=\"%s\"><title>%s</title></path>", style, path, name);
    }

    /** A vertical line. */
    void mark(Instant time, String style, String label) {
        double x = x((double) time.toEpochMilli());
        boolean left = x > WIDTH - 140 || style.equals("onset");
        marks.add("<line class=\"m %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", style, x, x, TOP - 8, bottom());
        if (label.isEmpty()) return;
        marks.add(
                "<text class=\"t %s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                style, left ? x - 3 : x + 3, TOP - 2, left ? "end" : "start", label);
    }

    Html svg() {
        Html svg = new Html();
        svg.add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><text class=\"a\" x=\"2\" y=\"12\">%s</text>",
                WIDTH, height, title, title);
        values(svg);
        times(svg);
        return svg.raw(lines).raw(marks).add("</svg>\n");
    }

    private void values(Html svg) {
        int steps = scale == Scale.SHARE ? 2 : (int) Math.round(Math.log10(top) + 3);
        for (int i = 0; i <= steps; i++) {
            double value = scale == Scale.SHARE ? top * i / steps : Math.pow(10, i - 3.0);
            svg.add(
                    "<line class=\"g\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"n\" x=\"%d\" y=\"%.1f\">%s</text>",
                    LEFT, WIDTH - RIGHT, y(value), y(value), LEFT - 5, y(value) + 4, label(value));
        }
    }

    private String label(double value) {
        if (scale == Scale.SHARE) return String.format(Locale.ROOT, top < 0.05 ? "%.1f %%" : "%.0f %%", 100 * value);
        return value < 1 ? Math.round(1_000 * value) + " ms" : Math.round(value) + " s";
    }

    private void times(Html svg) {
        Duration span = Duration.between(from, to);
        String pattern = span.toDays() >= 2 ? "d MMM" : span.toMinutes() >= 10 ? "HH:mm" : "HH:mm:ss";
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        for (int i = 0; i <= TICKS; i++) {
            Instant time = from.plus(span.multipliedBy(i).dividedBy(TICKS));
            String anchor = i == 0 ? "start" : i == TICKS ? "end" : "middle";
            svg.add(
                    "<text class=\"x\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                    x((double) time.toEpochMilli()), height - 6, anchor, format.format(time));
        }
    }

    private int bottom() {
        return height - BOTTOM;
    }

    private double x(double millis) {
        double part =
                (millis - from.toEpochMilli()) / Duration.between(from, to).toMillis();
        return LEFT + Math.max(0, Math.min(1, part)) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double part =
                scale == Scale.SHARE ? value / top : (Math.log10(Math.max(1e-3, value)) + 3) / (Math.log10(top) + 3);
        return bottom() - Math.max(0, Math.min(1, part)) * (bottom() - TOP);
    }

    private static String at(char command, double x, double y) {
        return String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y);
    }
}
