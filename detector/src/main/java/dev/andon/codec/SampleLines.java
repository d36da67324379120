package dev.andon.codec;

import dev.andon.codec.PlainJson.Unusual;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that recordings consist of, samples as they should be, ten times as fast as a parser for everything. What
 * is unusual about a line, even a field that the contract does not know, is left to that one. Names and bucket layouts, which
 * repeat from line to line, are kept once. Safe for use by several threads.
 */
final class SampleLines {
    private static final int LONGEST_TIME = 30;
    private static final int USUAL_BUCKETS = 32;

    private final KnownTexts texts = new KnownTexts();
    private volatile LastTime lastTime = new LastTime("", Instant.EPOCH);
    private volatile LastBounds lastBounds = new LastBounds("none yet".toCharArray(), new double[0]);

    /** Samples of one scrape have one time. */
    private record LastTime(String text, Instant time) {}

    /** Histograms of one server have one layout. */
    @SuppressWarnings("ArrayRecordComponent") // never changed and never compared
    private record LastBounds(char[] text, double[] bounds) {}

    Optional<JsonLines.LatencyLine> latency(String line) {
        try {
            return Optional.of(latency(new PlainJson(line, texts)));
        } catch (Unusual e) {
            return Optional.empty();
        }
    }

    Optional<JsonLines.DnsLine> dns(String line) {
        try {
            return Optional.of(dns(new PlainJson(line, texts)));
        } catch (Unusual e) {
            return Optional.empty();
        }
    }

    Optional<JsonLines.MeasurementLine> measurement(String line) {
        try {
            return Optional.of(measurement(new PlainJson(line, texts)));
        } catch (Unusual e) {
            return Optional.empty();
        }
    }

    private JsonLines.LatencyLine latency(PlainJson json) throws Unusual {
        Instant time = null;
        String cluster = null;
        String instance = null;
        String verb = null;
        String scope = null;
        Long intervalMillis = null;
        double[] bounds = null;
        long[] counts = null;
        Double sumSeconds = null;
        Map<String, Long> codes = null;
        String client = null;
        json.expect('{');
        for (boolean first = true; json.more(first, '}'); first = false) {
            switch (json.name()) {
                case "time" -> time = once(time, time(json));
                case "cluster" -> cluster = once(cluster, json.string());
                case "instance" -> instance = once(instance, json.string());
                case "verb" -> verb = once(verb, json.string());
                case "scope" -> scope = once(scope, json.string());
                case "intervalMillis" -> intervalMillis = once(intervalMillis, json.integer());
                case "upperBoundsSeconds" -> bounds = once(bounds, bounds(json));
                case "counts" -> counts = once(counts, counts(json));
                case "sumSeconds" -> sumSeconds = once(sumSeconds, json.number());
                case "codes" -> codes = once(codes, countsByName(json));
                case "client" -> client = once(client, json.string());
                default -> throw new Unusual();
            }
        }
        json.end();
        return new JsonLines.LatencyLine(
                time, cluster, instance, verb, scope, intervalMillis, bounds, counts, sumSeconds, codes, client);
    }

    private JsonLines.DnsLine dns(PlainJson json) throws Unusual {
        Instant time = null;
        String cluster = null;
        String server = null;
        String view = null;
        Long intervalMillis = null;
        Long responses = null;
        Map<String, Long> rcodes = null;
        Long timeouts = null;
        Long staleAnswers = null;
        json.expect('{');
        for (boolean first = true; json.more(first, '}'); first = false) {
            switch (json.name()) {
                case "time" -> time = once(time, time(json));
                case "cluster" -> cluster = once(cluster, json.string());
                case "server" -> server = once(server, json.string());
                case "view" -> view = once(view, json.string());
                case "intervalMillis" -> intervalMillis = once(intervalMillis, json.integer());
                case "responses" -> responses = once(responses, json.integer());
                case "rcodes" -> rcodes = once(rcodes, countsByName(json));
                case "timeouts" -> timeouts = once(timeouts, json.integer());
                case "staleAnswers" -> staleAnswers = once(staleAnswers, json.integer());
                default -> throw new Unusual();
            }
        }
        json.end();
        return new JsonLines.DnsLine(
                time, cluster, server, view, intervalMillis, responses, rcodes, timeouts, staleAnswers);
    }

    private JsonLines.MeasurementLine measurement(PlainJson json) throws Unusual {
        Instant time = null;
        String cluster = null;
        String series = null;
        Double value = null;
        String unit = null;
        String worse = null;
        json.expect('{');
        for (boolean first = true; json.more(first, '}'); first = false) {
            switch (json.name()) {
                case "time" -> time = once(time, time(json));
                case "cluster" -> cluster = once(cluster, json.string());
                case "series" -> series = once(series, json.string());
                case "value" -> value = once(value, json.number());
                case "unit" -> unit = once(unit, json.string());
                case "worse" -> worse = once(worse, json.string());
                default -> throw new Unusual();
            }
        }
        json.end();
        return new JsonLines.MeasurementLine(time, cluster, series, value, unit, worse, null);
    }

    /** A field that comes twice is unusual. */
    private static <T> T once(@Nullable T before, T now) throws Unusual {
        if (before != null) throw new Unusual();
        return now;
    }

    private Instant time(PlainJson json) throws Unusual {
        String text = json.string();
        LastTime last = lastTime;
        if (text.equals(last.text())) return last.time();
        if (text.length() > LONGEST_TIME || !text.endsWith("Z")) throw new Unusual();
        try {
            Instant time = Instant.parse(text);
            lastTime = new LastTime(text, time);
            return time;
        } catch (DateTimeException e) {
            throw new Unusual();
        }
    }

    private double[] bounds(PlainJson json) throws Unusual {
        LastBounds last = lastBounds;
        if (json.skip(last.text())) return last.bounds();
        int begin = json.position();
        double[] bounds = new double[USUAL_BUCKETS];
        int size = 0;
        json.expect('[');
        while (json.more(size == 0, ']')) {
            if (size == bounds.length) bounds = Arrays.copyOf(bounds, 2 * size);
            bounds[size++] = json.number();
        }
        LastBounds read = new LastBounds(json.since(begin).toCharArray(), Arrays.copyOf(bounds, size));
        lastBounds = read;
        return read.bounds();
    }

    private static long[] counts(PlainJson json) throws Unusual {
        long[] counts = new long[USUAL_BUCKETS];
        int size = 0;
        json.expect('[');
        while (json.more(size == 0, ']')) {
            if (size == counts.length) counts = Arrays.copyOf(counts, 2 * size);
            counts[size++] = json.integer();
        }
        return Arrays.copyOf(counts, size);
    }

    private Map<String, Long> countsByName(PlainJson json) throws Unusual {
        Map<String, Long> counts = new LinkedHashMap<>();
        json.expect('{');
        while (json.more(counts.isEmpty(), '}')) {
            String name = json.string();
            json.expect(':');
            counts.put(name, json.integer());
        }
        return counts;
    }
}
