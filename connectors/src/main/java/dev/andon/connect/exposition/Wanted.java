package dev.andon.connect.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which metrics to keep of a page, and as what. Everything else is passed over without being decoded. Immutable. */
public final class Wanted {
    /** Nothing yet; begin here. */
    public static final Wanted NOTHING = new Wanted(Map.of());

    /** What a line of the text format contributes to the metric that was asked for. */
    enum Part {
        VALUE,
        BUCKET,
        SUM,
        COUNT,
        /** The bare name of something that should have been a histogram. */
        NOT_A_HISTOGRAM
    }

    /**
     * @param metric name that was asked for
     * @param part what a line of that sample name says of it
     */
    record Role(String metric, Part part) {}

    private final Map<String, Boolean> histogramByName;
    private final byte[][] sampleNames;
    private final Role[] roles;

    private Wanted(Map<String, Boolean> histogramByName) {
        this.histogramByName = histogramByName;
        var roleByName = new LinkedHashMap<String, Role>();
        histogramByName.forEach((name, histogram) -> addRoles(roleByName, name, histogram));
        this.sampleNames = roleByName.keySet().stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.roles = roleByName.values().toArray(Role[]::new);
    }

    /** @return this and a counter or gauge, by the name its samples carry */
    public Wanted value(String name) {
        return with(name, false);
    }

    /** @return this and a histogram, by its name without {@code _bucket}, {@code _sum} or {@code _count} */
    public Wanted histogram(String name) {
        return with(name, true);
    }

    /** @return what a text line of this sample name is for; null when it is not wanted */
    @Nullable
    Role roleOf(byte[] buffer, int from, int to) {
        for (int i = 0; i < roles.length; i++) {
            byte[] name = sampleNames[i];
            if (name.length == to - from && Arrays.equals(name, 0, name.length, buffer, from, to)) {
                return roles[i];
            }
        }
        return null;
    }

    boolean contains(String name) {
        return histogramByName.containsKey(name);
    }

    boolean isHistogram(String name) {
        return histogramByName.getOrDefault(name, false);
    }

    private Wanted with(String name, boolean histogram) {
        var more = new LinkedHashMap<>(histogramByName);
        more.put(name, histogram);
        return new Wanted(more);
    }

    private static void addRoles(Map<String, Role> roleByName, String metric, boolean histogram) {
        if (histogram) {
            roleByName.put(metric + "_bucket", new Role(metric, Part.BUCKET));
            roleByName.put(metric + "_sum", new Role(metric, Part.SUM));
            roleByName.put(metric + "_count", new Role(metric, Part.COUNT));
        }
        roleByName.put(metric, new Role(metric, histogram ? Part.NOT_A_HISTOGRAM : Part.VALUE));
    }
}
