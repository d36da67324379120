package dev.andon.http.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A chart over time as SVG: lines, a band of coverage behind them, shaded onsets and upright lines. Made once, for one chart. */
final class LineChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;
    private static final int LEFT = 64;
    private static final int RIGHT = 46;
    private static final int TOP = 30;
    private static final int BOTTOM = 26;
    private static final int TICKS = 4;

    private final Instant from;
    private final double millis;
    private final double highest;
    private final Html out = new Html();

    /** One value at one time. */
    record Point(Instant time, double value) {}

    /** @param style class of the line in the style sheet */
    record Line(String name, String style, List<Point> points) {}

    /** Something that happened. */
    record Mark(Instant time, String label, String style) {}

    /** An interval that holds the beginning of a change. */
    record Span(Instant from, Instant to) {}

    /**
     * What is drawn.
     *
     * @param band coverage from 0 to 1, each value good until the next; without points where there is none
     * @param format of the values of the lines
     * @param least the scale reaches at least so far
     */
    record Picture(
            String title,
            List<Line> lines,
            Line band,
            List<Mark> marks,
            List<Span> spans,
            DoubleFunction<String> format,
            double least) {}

    private LineChart(Instant from, Instant to, double highest) {
        this.from = from;
        this.millis = Math.max(1, Duration.between(from, to).toMillis());
        this.highest = highest;
    }

    /** @return the figure; a sentence instead of it where there is nothing to draw */
    static String figure(Picture picture) {
        List<Point> all = Stream.concat(picture.lines().stream(), Stream.of(picture.band()))
                .flatMap(line -> line.points().stream())
                .toList();
        Html figure = new Html().markup("<figure>").element("figcaption", picture.title());
        if (all.isEmpty())
            return figure.markup("<p>No sample is remembered.</p></figure>").toString();
        Instant from = all.stream().map(Point::time).min(Instant::compareTo).orElseThrow();
        Instant to = all.stream().map(Point::time).max(Instant::compareTo).orElseThrow();
        double highest = picture.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::value)
                .max()
                .orElse(0);
        LineChart chart = new LineChart(from, to, Math.max(picture.least(), highest) * 1.05);
        return figure.markup(chart.draw(picture)).markup("</figure>").toString();
    }

    private String draw(Picture picture) {
        out.markup("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"")
                .text(picture.title())
                .markup("\">");
        picture.spans().forEach(this::shade);
        grid(picture.format());
        band(picture.band());
        picture.lines().forEach(line -> out.markup("<path class=\"" + line.style() + "\" d=\"" + path(line) + "\"/>"));
        picture.marks().forEach(this::upright);
        legend(picture);
        return out.markup("</svg>").toString();
    }

    private void shade(Span span) {
        double x = x(span.from());
        out.markup(rect("onset", x, TOP, Math.max(2, x(span.to()) - x), HEIGHT - TOP - BOTTOM));
    }

    private void grid(DoubleFunction<String> format) {
        for (int i = 0; i <= TICKS; i++) {
            double value = highest * i / TICKS;
            out.markup(line("grid", LEFT, y(value), WIDTH - RIGHT, y(value)));
            out.markup(label(LEFT - 6, y(value) + 4, "end", format.apply(value)));
            Instant time = from.plusMillis((long) (millis * i / TICKS));
            out.markup(label(x(time), HEIGHT - 8, "middle", Figures.clock(time)));
        }
    }

    private void band(Line band) {
        if (band.points().isEmpty()) return;
        double floor = y(0);
        double ceiling = floor - TOP;
        StringBuilder area = new StringBuilder();
        @Nullable Point before = null;
        for (Point point : band.points()) {
            double x = x(point.time());
            area.append(before == null ? at("M", x, floor) : at("L", x, floor - before.value() * ceiling));
            area.append(at("L", x, floor - point.value() * ceiling));
            before = point;
        }
        double end = x(from.plusMillis((long) millis));
        area.append(at("L", end, floor - Objects.requireNonNull(before).value() * ceiling))
                .append(at("L", end, floor))
                .append('Z');
        out.markup("<path class=\"band\" d=\"" + area + "\"/>");
        out.markup(label(WIDTH - RIGHT + 6, floor, "start", "0 %"))
                .markup(label(WIDTH - RIGHT + 6, TOP + 12, "start", "100 %"));
    }

    private String path(Line line) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(at(path.isEmpty() ? "M" : "L", x(point.time()), y(point.value())));
        }
        return path.toString();
    }

    private void upright(Mark mark) {
        double x = x(mark.time());
        if (x < LEFT || x > WIDTH - RIGHT) return;
        out.markup(line("mark " + mark.style(), x, TOP, x, HEIGHT - BOTTOM));
        out.markup("<text class=\"" + mark.style() + "\" text-anchor=\"middle\" " + place(x, TOP - 4) + ">")
                .text(mark.label())
                .markup("</text>");
    }

    private void legend(Picture picture) {
        double x = LEFT + 8;
        for (Line line : Stream.concat(picture.lines().stream(), Stream.of(picture.band()))
                .toList()) {
            if (line.points().isEmpty()) continue;
            out.markup(line(line.style() + " key", x, TOP + 10, x + 16, TOP + 10));
            out.markup(label(x + 20, TOP + 14, "start", line.name()));
            x += 44 + 7.0 * line.name().length();
        }
    }

    private double x(Instant time) {
        return LEFT + Duration.between(from, time).toMillis() / millis * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
    }

    private static String at(String command, double x, double y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
    }

    private static String place(double x, double y) {
        return String.format(Locale.ROOT, "x=\"%.1f\" y=\"%.1f\"", x, y);
    }

    private static String label(double x, double y, String anchor, String text) {
        return "<text text-anchor=\"" + anchor + "\" " + place(x, y) + ">" + Html.escaped(text) + "</text>";
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    private static String rect(String style, double x, double y, double width, double height) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" %s width=\"%.1f\" height=\"%.1f\"/>",
                style,
                place(x, y),
                width,
                height);
    }
}
