package dev.andon.detect;

import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which series a sample speaks of, and what it says of each. */
public final class Observations {
    private static final Map<DnsSample.View, String> DNS_ERRORS = ofDns("errors");
    private static final Map<DnsSample.View, String> DNS_ABSENT = ofDns("nxdomain");
    private static final Map<DnsSample.View, String> DNS_STALE = ofDns("stale");

    private Observations() {}

    /**
     * What a sample says of one series.
     *
     * @param series name within the cluster, e.g. {@code apiserver/LIST/cluster/latency}
     */
    public record Named(String series, SeriesKind kind, String unit, Observation observation) {}

    /** @param names remembers those that it has put together */
    public static List<Named> of(Sample sample, SeriesNames names) {
        if (sample instanceof LatencySample latency)
            return ofLatency(latency, names.of(latency.verb(), latency.scope()));
        if (sample instanceof DnsSample dns) return ofDns(dns);
        if (sample instanceof Measurement number) return List.of(ofNumber(number));
        throw new IllegalArgumentException("unknown kind of sample: " + sample.getClass());
    }

    /** @return what a series of this name is about, by how the name ends; a number where it is none of ours */
    public static SeriesKind kindOf(String series) {
        if (series.endsWith(SeriesNames.MEAN)) return SeriesKind.LATENCY;
        if (series.endsWith(SeriesNames.TAIL)) return SeriesKind.SLOW;
        boolean share = series.endsWith("/errors") || series.endsWith("/nxdomain") || series.endsWith("/stale");
        return share ? SeriesKind.ERRORS : SeriesKind.NUMBER_HIGHER;
    }

    /** @return what the same sample says of the tail */
    public static Observation slow(Observation mean, Histogram histogram, double slowerThan) {
        return new Observation(
                mean.time(),
                mean.interval(),
                mean.source(),
                mean.client(),
                Tail.slower(histogram, slowerThan),
                mean.weight());
    }

    private static List<Named> ofLatency(LatencySample s, SeriesNames.Names names) {
        String client = s.client().orElse("");
        Named latency = new Named(
                names.mean(),
                SeriesKind.LATENCY,
                "s",
                new Observation(
                        s.time(),
                        s.interval(),
                        s.instance(),
                        client,
                        sumSeconds(s.latency()),
                        s.latency().total()));
        if (s.codes().isEmpty()) return List.of(latency);
        // Codes of all verbs make one series: who is turned away hardly depends on what was asked for.
        long total = 0;
        long refused = 0;
        for (Map.Entry<String, Long> code : s.codes().entrySet()) {
            total += code.getValue();
            if (refused(code.getKey())) refused += code.getValue();
        }
        String part = client.isEmpty() ? names.kind() : names.kind() + client;
        return List.of(
                latency,
                new Named(
                        "apiserver/errors",
                        SeriesKind.ERRORS,
                        "1",
                        new Observation(s.time(), s.interval(), s.instance(), part, refused, total)));
    }

    /** Turned away (429) or failed (5xx). Other 4xx are the caller's own fault. */
    private static boolean refused(String code) {
        return code.equals("429") || code.startsWith("5");
    }

    private static long sum(Map<String, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) sum += count;
        return sum;
    }

    private static double sumSeconds(Histogram histogram) {
        if (histogram.sum().isPresent()) return histogram.sum().getAsDouble();
        double[] bounds = histogram.upperBounds();
        double sum = 0;
        double lower = 0;
        for (int i = 0; i < bounds.length; i++) {
            sum += histogram.counts()[i] * (lower + bounds[i]) / 2;
            lower = bounds[i];
        }
        return sum + histogram.counts()[bounds.length] * lower;
    }

    private static List<Named> ofDns(DnsSample s) {
        double asked = s.responses() + (double) s.timeouts();
        long absent = s.rcodes().getOrDefault("NXDOMAIN", 0L);
        // Not failures of the server: the name exists, or it provably does not.
        long fine = s.rcodes().getOrDefault("NOERROR", 0L) + absent;
        return List.of(
                dns(s, DNS_ERRORS, (sum(s.rcodes()) - fine) + (double) s.timeouts(), asked),
                dns(s, DNS_ABSENT, (double) absent, asked),
                dns(s, DNS_STALE, (double) Math.min(s.staleAnswers(), s.responses()), asked));
    }

    private static Map<DnsSample.View, String> ofDns(String what) {
        Map<DnsSample.View, String> names = new EnumMap<>(DnsSample.View.class);
        for (DnsSample.View view : DnsSample.View.values()) names.put(view, "dns/" + view + "/" + what);
        return names;
    }

    private static Named dns(DnsSample s, Map<DnsSample.View, String> names, double events, double total) {
        return new Named(
                Objects.requireNonNull(names.get(s.view())),
                SeriesKind.ERRORS,
                "1",
                new Observation(s.time(), s.interval(), s.server(), "", events, total));
    }

    private static Named ofNumber(Measurement m) {
        SeriesKind kind =
                switch (m.worse()) {
                    case HIGHER -> SeriesKind.NUMBER_HIGHER;
                    case LOWER -> SeriesKind.NUMBER_LOWER;
                    case EITHER -> SeriesKind.NUMBER_EITHER;
                };
        // A number carries no interval; its own cadence decides when the tick is over.
        return new Named(
                m.series(), kind, m.unit(), new Observation(m.time(), Duration.ofSeconds(5), "", "", m.value(), 1));
    }
}
