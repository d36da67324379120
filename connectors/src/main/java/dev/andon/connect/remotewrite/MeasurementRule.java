package dev.andon.connect.remotewrite;

import dev.andon.schema.Worse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one more series becomes a measurement, written {@code series=metric{label=value&…} unit WORSE}.
 *
 * @param series name of the measurement; {@code <label>} in it stands for the value of that label
 * @param metric name of the series to take
 * @param labels that it must have
 * @param unit in UCUM
 * @param worse which direction does harm
 */
record MeasurementRule(String series, String metric, Map<String, String> labels, String unit, Worse worse) {
    static final String SYNTAX = "series=metric{label=value&label=value} unit HIGHER|LOWER|EITHER";

    private static final Pattern RULE =
            Pattern.compile("(?<series>[^=\\s{]+)=(?<metric>[A-Za-z_:][A-Za-z0-9_:]*)(\\{(?<labels>[^}]*)})?"
                    + "\\s+(?<unit>\\S+)\\s+(?<worse>HIGHER|LOWER|EITHER)");
    private static final Pattern PLACE = Pattern.compile("<([^>]+)>");

    /** @throws IllegalArgumentException saying what is wrong and what it should be */
    static MeasurementRule parse(String text) {
        Matcher rule = RULE.matcher(text.trim());
        if (!rule.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rule; write " + SYNTAX
                    + ", such as checkout/latency_p99=job:latency:p99{job=checkout} s HIGHER");
        }
        String labels = rule.group("labels");
        return new MeasurementRule(
                rule.group("series"),
                rule.group("metric"),
                labels == null ? Map.of() : labels(text, labels),
                rule.group("unit"),
                Worse.valueOf(rule.group("worse").toUpperCase(Locale.ROOT)));
    }

    /** @return the name of the measurement; empty when the series is not meant */
    Optional<String> nameOf(Map<String, String> seriesLabels) {
        boolean meant = metric.equals(seriesLabels.get(SeriesLabels.NAME))
                && labels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(seriesLabels.getOrDefault(label.getKey(), "")));
        return meant
                ? Optional.of(PLACE.matcher(series)
                        .replaceAll(place ->
                                Matcher.quoteReplacement(seriesLabels.getOrDefault(place.group(1), "unknown"))))
                : Optional.empty();
    }

    private static Map<String, String> labels(String text, String pairs) {
        var labels = new LinkedHashMap<String, String>();
        for (String pair : Arrays.asList(pairs.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' has the label '" + pair + "'; write label=value, several joined with &");
            }
            labels.put(
                    pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
        return labels;
    }
}
