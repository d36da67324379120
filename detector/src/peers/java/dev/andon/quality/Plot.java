package dev.andon.quality;

import java.util.Locale;

/** A line chart as SVG, plain enough to be read in light and in dark. */
final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 240;
    private static final int LEFT = 50;
    private static final int BOTTOM = 40;
    private static final int TOP = 24;
    private static final int RIGHT = 20;
    private static final String[] COLOURS = {"#1f77b4", "#d95f02", "#2ca02c", "#9467bd"};

    private final StringBuilder body = new StringBuilder();
    private final double left;
    private final double right;
    private final double bottom;
    private final double top;
    private int lines;

    Plot(String across, String up, double left, double right, double bottom, double top) {
        this.left = left;
        this.right = right;
        this.bottom = bottom;
        this.top = top;
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>%n",
                LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
        for (int i = 0; i <= 4; i++) {
            double x = left + i * (right - left) / 4;
            double y = bottom + i * (top - bottom) / 4;
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x(x), HEIGHT - BOTTOM + 14, number(x));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 5, y(y) + 4, number(y));
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", WIDTH - RIGHT, HEIGHT - 8, across);
        add("<text x=\"%d\" y=\"14\">%s</text>%n", 4, up);
    }

    /** Adds a line through the points and its name. */
    Plot line(String name, double[] across, double[] up) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < across.length; i++) {
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", x(across[i]), y(Math.max(bottom, Math.min(top, up[i])))));
        }
        String colour = COLOURS[lines % COLOURS.length];
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
                points.toString().trim(), colour);
        add("<text x=\"%d\" y=\"14\" style=\"fill:%s\">%s</text>%n", 240 + 150 * lines, colour, name);
        lines++;
        return this;
    }

    /** Adds a dotted line at a height. */
    Plot level(double up) {
        add("<path d=\"M%d %.1f H%d\" stroke=\"#888\" stroke-dasharray=\"2 4\"/>%n", LEFT, y(up), WIDTH - RIGHT);
        return this;
    }

    String svg() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n"
                                + "<style>text{font:11px sans-serif;fill:#777}</style>%n",
                        WIDTH,
                        HEIGHT,
                        WIDTH,
                        HEIGHT)
                + body
                + "</svg>\n";
    }

    private void add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values));
    }

    private double x(double value) {
        return LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
