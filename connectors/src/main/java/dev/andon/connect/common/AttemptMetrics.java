package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;

/**
 * Shows in the worker's own metrics how deliveries go: {@code attempts-total} by reason, {@code receiver-healthy} by
 * receiver.
 */
final class AttemptMetrics {
    static final String NAME = "attempts-total";
    static final String HEALTHY = "receiver-healthy";

    /** The worker shares a sensor among all its tasks that ask for one of the same name, so no two names may be equal. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private final PluginMetrics metrics;
    private final Map<Reason, Sensor> sensors = new EnumMap<>(Reason.class);

    /** Registers one counter per reason, so that each is there, at 0, before anything happens. */
    AttemptMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
        for (Reason reason : Reason.values()) {
            LinkedHashMap<String, String> tags = new LinkedHashMap<>();
            tags.put("reason", reason.name());
            Sensor sensor = metrics.addSensor(NAME + "-" + reason + "-" + NUMBER.incrementAndGet());
            sensor.add(
                    metrics.metricName(NAME, "Attempts to deliver a signal that ended for this reason", tags),
                    new CumulativeCount());
            sensors.put(reason, sensor);
        }
    }

    /** One gauge per receiver: 1 while it takes signals, 0 from a failure or refused credentials on. */
    void watch(List<Lane> lanes) {
        for (int number = 0; number < lanes.size(); number++) {
            Lane lane = lanes.get(number);
            LinkedHashMap<String, String> tags = new LinkedHashMap<>();
            tags.put("receiver", Integer.toString(number));
            tags.put("target", lane.sender().target().replaceAll("[^A-Za-z0-9.-]+", "_"));
            metrics.addMetric(
                    metrics.metricName(HEALTHY, "1 while the receiver takes signals, otherwise 0", tags),
                    (Gauge<Integer>) (config, now) -> lane.good() ? 1 : 0);
        }
    }

    void count(Outcome outcome) {
        Sensor sensor = sensors.get(outcome.reason());
        if (sensor != null) {
            sensor.record();
        }
    }
}
