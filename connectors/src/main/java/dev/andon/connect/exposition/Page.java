package dev.andon.connect.exposition;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one page said of the metrics that were asked for. Unmodifiable.
 *
 * @param values by metric name, the counters and gauges; a metric that the page lacks is absent
 * @param histograms by metric name, the histograms; a metric that the page lacks is absent
 * @param malformed what of the page could not be read, by reason; empty when all could
 */
public record Page(
        Map<String, Map<Labels, Double>> values,
        Map<String, Map<Labels, Histogram>> histograms,
        Map<Defect, Malformed> malformed) {

    public Page {
        values = Map.copyOf(values);
        histograms = Map.copyOf(histograms);
        malformed = Map.copyOf(malformed);
    }

    /** @return the value of the only, unlabelled series of that name */
    public OptionalDouble single(String name) {
        Double value = values.getOrDefault(name, Map.of()).get(Labels.NONE);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
