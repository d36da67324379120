package dev.andon.connect.totals;

import dev.andon.connect.exposition.Histogram;
import dev.andon.connect.exposition.Labels;
import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.Wanted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Samples of a kube-apiserver: latency by verb and scope, summed over resources, with the answer codes beside it.
 *
 * <p>Read by {@code apiserver_request_duration_seconds} where the page has it, by
 * {@code apiserver_request_sli_duration_seconds} otherwise: the latter leaves out the time a request waits in the queues
 * of priority and fairness, and that is where an overload shows first. The choice is made once per target and stands
 * until that metric vanishes from the page: the two must not be mixed within one series of samples.
 */
final class ApiserverDeltas implements DeltaTracker {
    static final String SLI_LATENCY = "apiserver_request_sli_duration_seconds";
    static final String LATENCY = "apiserver_request_duration_seconds";
    static final String REQUESTS = "apiserver_request_total";

    private static final List<String> BY_PREFERENCE = List.of(LATENCY, SLI_LATENCY);

    private final ApiserverSamples samples;

    ApiserverDeltas(Origin origin) {
        this.samples = new ApiserverSamples(origin);
    }

    @Override
    public Wanted wanted(TargetState state) {
        Wanted wanted = Wanted.NOTHING.value(Continuity.PROCESS_START).value(REQUESTS);
        List<String> metrics = state.latencyMetric().isEmpty() ? BY_PREFERENCE : List.of(state.latencyMetric());
        for (String metric : metrics) {
            wanted = wanted.histogram(metric);
        }
        return wanted;
    }

    @Override
    public Step step(TargetState state, Scrape scrape) {
        Page page = scrape.page();
        String metric = chosen(state, page);
        Map<Labels, Histogram> series = page.histograms().get(metric);
        if (series == null) {
            return missing(state, scrape);
        }
        if (state.time().isEmpty()) {
            return baseline(scrape, metric, series, Map.of());
        }
        Optional<Rejection> broken = Continuity.broken(state, scrape);
        return broken.isPresent()
                ? baseline(scrape, metric, series, Map.of(broken.get(), 1))
                : follow(state, scrape, metric, series);
    }

    private Step follow(TargetState state, Scrape scrape, String metric, Map<Labels, Histogram> series) {
        Usable codes = codes(scrape.page());
        Totals.Change<Histogram> latency =
                state.latencies().to(relevant(series), Set.of(), state.complete(), GrowthRules::ofHistograms);
        Totals.Change<Double> requests =
                state.counts().to(codes.totals(), codes.unusable(), state.complete(), GrowthRules::ofCounters);
        if (latency.fell() || requests.fell()) {
            return baseline(scrape, metric, series, Map.of(Rejection.COUNTER_RESET, 1));
        }
        var rejections = new Rejections();
        rejections.add(Rejection.LAYOUT_CHANGED, latency.incomparable());
        rejections.add(Rejection.NOT_A_TOTAL, codes.unusable().size());
        boolean hasCodes = scrape.page().values().containsKey(REQUESTS);
        Duration interval = Duration.between(state.time().orElseThrow(), scrape.time());
        var records = samples.of(
                scrape.time(),
                interval,
                latency.deltas(),
                hasCodes ? Optional.of(requests.deltas()) : Optional.empty(),
                rejections);
        return new Step(next(scrape, metric, latency.next(), requests.next()), records, rejections.all());
    }

    private Step baseline(
            Scrape scrape, String metric, Map<Labels, Histogram> series, Map<Rejection, Integer> rejections) {
        Usable codes = codes(scrape.page());
        TargetState next = next(
                scrape,
                metric,
                new Totals<>(relevant(series), Set.of()),
                new Totals<>(codes.totals(), codes.unusable()));
        return new Step(next, List.of(), rejections);
    }

    /**
     * A young server has answered nothing and shows no latency: it is known, and counts from zero later. One that
     * showed it and no longer does is unknown again, unless the page could not be read in full.
     */
    private static Step missing(TargetState state, Scrape scrape) {
        boolean complete = scrape.page().malformed().isEmpty();
        boolean vanished = !state.latencyMetric().isEmpty() || !complete;
        TargetState next = vanished ? TargetState.UNKNOWN : next(scrape, "", Totals.none(), countsOf(scrape.page()));
        return new Step(next, List.of(), Map.of(Rejection.MISSING_METRIC, 1));
    }

    private static String chosen(TargetState state, Page page) {
        if (!state.latencyMetric().isEmpty()) {
            return state.latencyMetric();
        }
        return BY_PREFERENCE.stream()
                .filter(page.histograms()::containsKey)
                .findFirst()
                .orElse("");
    }

    private static TargetState next(Scrape scrape, String metric, Totals<Histogram> latencies, Totals<Double> counts) {
        return new TargetState(
                Optional.of(scrape.time()),
                scrape.page().single(Continuity.PROCESS_START),
                scrape.page().malformed().isEmpty(),
                metric,
                latencies,
                counts,
                Totals.none());
    }

    private static Map<Labels, Histogram> relevant(Map<Labels, Histogram> series) {
        var relevant = new HashMap<Labels, Histogram>();
        series.forEach((labels, histogram) -> {
            if (RequestClass.of(labels).isPresent()) {
                relevant.put(labels, histogram);
            }
        });
        return relevant;
    }

    private static Usable codes(Page page) {
        return Usable.of(page.values().getOrDefault(REQUESTS, Map.of()), labels -> RequestClass.of(labels)
                .isPresent());
    }

    private static Totals<Double> countsOf(Page page) {
        Usable codes = codes(page);
        return new Totals<>(codes.totals(), codes.unusable());
    }
}
