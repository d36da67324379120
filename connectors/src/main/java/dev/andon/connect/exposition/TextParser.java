package dev.andon.connect.exposition;

import dev.andon.connect.exposition.Wanted.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Prometheus text format 0.0.4 and what OpenMetrics 1.0 adds to it.
 *
 * <p>Of a line that is not wanted only the metric name is looked at; no object is created for it. HELP, TYPE and UNIT
 * are comments to this parser, because the caller says what it expects a metric to be. Timestamps are checked and
 * dropped, exemplars dropped unseen. A line that cannot be read is counted and the rest of the page is read on; a page
 * that ends within a line is refused as a whole.
 */
final class TextParser {
    static final int MAX_LINE_BYTES = 64 * 1024;

    private final Wanted wanted;
    private final PageBuilder page = new PageBuilder();
    private final LabelParser labelParser = new LabelParser(page.labels, page.strings);
    private final ByteLines lines;
    private long metricsSeen;

    private TextParser(Wanted wanted, InputStream in) {
        this.wanted = wanted;
        this.lines = new ByteLines(in, MAX_LINE_BYTES);
    }

    static Page parse(Wanted wanted, InputStream in) throws IOException {
        return new TextParser(wanted, in).parse();
    }

    private Page parse() throws IOException {
        boolean ended = false;
        while (lines.advance()) {
            ended = isEndMarker();
            if (!lines.terminated() && !ended) {
                throw new UnreadablePageException(
                        Defect.TRUNCATED,
                        "page ends in the middle of line " + lines.number() + "; it was probably cut off");
            }
            readLine();
        }
        if (metricsSeen == 0) {
            throw new UnreadablePageException(
                    Defect.NO_METRICS,
                    "page of " + lines.number() + " lines holds no metric; does the URL end in /metrics?");
        }
        return page.build(lines.number());
    }

    private void readLine() {
        Defect defect = lines.tooLong() ? Defect.LINE_TOO_LONG : parseLine(lines.buffer(), lines.start(), lines.end());
        if (defect != null) {
            page.defect(defect, lines.number(), this::excerpt);
        }
    }

    private @Nullable Defect parseLine(byte[] buffer, int start, int end) {
        int from = Ascii.skipBlanks(buffer, start, end);
        if (from == end || buffer[from] == '#') {
            return null;
        }
        boolean quoted = buffer[from] == '{';
        int nameFrom = quoted ? Ascii.skipBlanks(buffer, from + 1, end) + 1 : from;
        int nameTo = quoted ? Ascii.quotedEnd(buffer, nameFrom, end) : Ascii.nameEnd(buffer, from, end);
        if (nameTo <= nameFrom || (!quoted && !Ascii.endsName(buffer, nameTo, end))) {
            return Defect.BAD_NAME;
        }
        Role role = wanted.roleOf(buffer, nameFrom, nameTo);
        metricsSeen++;
        if (role == null) {
            return null;
        }
        int labelsFrom = quoted ? nameTo + 1 : Ascii.skipBlanks(buffer, nameTo, end);
        boolean braced = quoted || (labelsFrom < end && buffer[labelsFrom] == '{');
        page.labels.clear();
        int valueFrom = braced
                ? labelParser.parse(
                        buffer, quoted ? labelsFrom : labelsFrom + 1, end, role.part() == Wanted.Part.BUCKET)
                : labelsFrom;
        return valueFrom < 0 ? Defect.BAD_LABELS : parseValue(role, buffer, valueFrom, end);
    }

    private @Nullable Defect parseValue(Role role, byte[] buffer, int labelsTo, int end) {
        int from = Ascii.skipBlanks(buffer, labelsTo, end);
        int to = Ascii.wordEnd(buffer, from, end);
        if (from == to) {
            return Defect.BAD_VALUE;
        }
        try {
            double value = Numbers.parse(buffer, from, to);
            int rest = Ascii.skipBlanks(buffer, to, end);
            if (rest < end && buffer[rest] != '#') {
                int timestampTo = Ascii.wordEnd(buffer, rest, end);
                Numbers.parse(buffer, rest, timestampTo);
                rest = Ascii.skipBlanks(buffer, timestampTo, end);
            }
            return rest < end && buffer[rest] != '#' ? Defect.BAD_VALUE : keep(role, value);
        } catch (NumberFormatException notANumber) {
            return Defect.BAD_VALUE;
        }
    }

    private @Nullable Defect keep(Role role, double value) {
        switch (role.part()) {
            case VALUE -> page.value(role.metric(), value, lines.number());
            case SUM -> page.draft(role.metric()).sum(value);
            case COUNT -> {
                return keepCount(role, value);
            }
            case BUCKET -> {
                return keepBucket(role, value);
            }
            case NOT_A_HISTOGRAM -> {
                return Defect.WRONG_TYPE;
            }
        }
        return null;
    }

    private @Nullable Defect keepCount(Role role, double value) {
        long count = Numbers.count(value);
        if (count == Numbers.NOT_A_COUNT) {
            return Defect.BAD_VALUE;
        }
        page.draft(role.metric()).count(count);
        return null;
    }

    private @Nullable Defect keepBucket(Role role, double value) {
        String boundText = labelParser.upperBound();
        if (boundText == null) {
            return Defect.BAD_LABELS;
        }
        double bound = Numbers.parse(boundText);
        long count = Numbers.count(value);
        if (count == Numbers.NOT_A_COUNT || Double.isNaN(bound) || bound == Double.NEGATIVE_INFINITY) {
            return Defect.BAD_VALUE;
        }
        page.draft(role.metric()).bucket(bound, count);
        return null;
    }

    /** OpenMetrics ends with this marker, whose line feed some servers leave out. */
    private boolean isEndMarker() {
        return lines.end() - lines.start() == 5
                && new String(lines.buffer(), lines.start(), 5, StandardCharsets.US_ASCII).equals("# EOF");
    }

    private String excerpt() {
        int length = Math.min(lines.end() - lines.start(), DefectLog.EXCERPT_CHARS);
        return new String(lines.buffer(), lines.start(), length, StandardCharsets.UTF_8);
    }
}
