package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;

/** Counts attempts by what came of them, in the worker's own metrics: {@code attempts-total} with the tag reason. */
final class AttemptMetrics {
    static final String NAME = "attempts-total";

    private final Map<Reason, Sensor> sensors = new EnumMap<>(Reason.class);

    /** Registers one counter per reason, so that each is there, at 0, before anything happens. */
    AttemptMetrics(PluginMetrics metrics) {
        for (Reason reason : Reason.values()) {
            LinkedHashMap<String, String> tags = new LinkedHashMap<>();
            tags.put("reason", reason.name());
            Sensor sensor = metrics.addSensor(NAME + "-" + reason);
            sensor.add(
                    metrics.metricName(NAME, "Attempts to deliver a signal that ended for this reason", tags),
                    new CumulativeCount());
            sensors.put(reason, sensor);
        }
    }

    void count(Outcome outcome) {
        Sensor sensor = sensors.get(outcome.reason());
        if (sensor != null) {
            sensor.record();
        }
    }
}
