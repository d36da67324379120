package dev.andon.connect.query;

import dev.andon.schema.Worse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query whose series become measurements, written {@code series unit WORSE: PromQL}.
 *
 * @param series name of the measurement; {@code <label>} in it stands for the value of that label
 * @param unit in UCUM
 * @param worse which direction does harm
 * @param promql what to ask
 */
record RangeQuery(String series, String unit, Worse worse, String promql) {
    static final String SYNTAX = "series unit HIGHER|LOWER|EITHER: PromQL";

    private static final Pattern QUERY = Pattern.compile(
            "(?<series>\\S+)\\s+(?<unit>\\S+)\\s+(?<worse>HIGHER|LOWER|EITHER)\\s*:\\s*(?<promql>.+)", Pattern.DOTALL);

    /** @throws IllegalArgumentException saying what is wrong and what it should be */
    static RangeQuery parse(String text) {
        Matcher query = QUERY.matcher(text.strip());
        if (!query.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no query; write " + SYNTAX
                    + ", such as apiserver/p99 s HIGHER: histogram_quantile(0.99, sum by (le, cluster)"
                    + " (rate(apiserver_request_duration_seconds_bucket[1m])))");
        }
        return new RangeQuery(
                query.group("series"),
                query.group("unit"),
                Worse.valueOf(query.group("worse")),
                query.group("promql").strip());
    }
}
