package dev.andon.connect.totals;

import dev.andon.connect.exposition.Labels;
import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.Wanted;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Samples of a CoreDNS server: its answers by rcode, and how many came from a cache after they had expired. What its
 * clients never got an answer to a server does not see; time-outs are 0.
 */
final class DnsDeltas implements DeltaTracker {
    static final String RESPONSES = "coredns_dns_responses_total";
    static final String STALE = "coredns_cache_served_stale_total";

    private static final Wanted WANTED =
            Wanted.NOTHING.value(Continuity.PROCESS_START).value(RESPONSES).value(STALE);

    private final Origin origin;

    DnsDeltas(Origin origin) {
        this.origin = origin;
    }

    @Override
    public Wanted wanted(TargetState state) {
        return WANTED;
    }

    @Override
    public Step step(TargetState state, Scrape scrape) {
        if (!scrape.page().values().containsKey(RESPONSES)) {
            return missing(state, scrape);
        }
        if (state.time().isEmpty()) {
            return baseline(scrape, Map.of());
        }
        Optional<Rejection> broken = Continuity.broken(state, scrape);
        return broken.isPresent() ? baseline(scrape, Map.of(broken.get(), 1)) : follow(state, scrape);
    }

    private Step follow(TargetState state, Scrape scrape) {
        Usable answers = usable(scrape.page(), RESPONSES);
        Usable stale = usable(scrape.page(), STALE);
        Totals.Change<Double> responses =
                state.counts().to(answers.totals(), answers.unusable(), state.complete(), GrowthRules::ofCounters);
        Totals.Change<Double> expired =
                state.staleAnswers().to(stale.totals(), stale.unusable(), state.complete(), GrowthRules::ofCounters);
        if (responses.fell() || expired.fell()) {
            return baseline(scrape, Map.of(Rejection.COUNTER_RESET, 1));
        }
        var rejections = new Rejections();
        rejections.add(
                Rejection.NOT_A_TOTAL,
                answers.unusable().size() + stale.unusable().size());
        Duration interval = Duration.between(state.time().orElseThrow(), scrape.time());
        DnsErrors sample = sample(scrape, interval, rcodes(responses.deltas()), total(expired.deltas()));
        return new Step(next(scrape, responses.next(), expired.next()), List.of(sample), rejections.all());
    }

    private DnsErrors sample(Scrape scrape, Duration interval, Map<String, Long> rcodes, long staleAnswers) {
        return DnsErrors.newBuilder()
                .setTime(scrape.time())
                .setCluster(origin.cluster())
                .setServer(origin.instance())
                .setView(View.SERVER)
                .setIntervalMillis(interval.toMillis())
                .setResponses(rcodes.values().stream().mapToLong(count -> count).sum())
                .setRcodes(rcodes)
                .setTimeouts(0L)
                .setStaleAnswers(staleAnswers)
                .build();
    }

    /** As for an API server: a young one has answered nothing yet, one that no longer shows the metric is unknown. */
    private static Step missing(TargetState state, Scrape scrape) {
        boolean vanished = !state.counts().present().isEmpty()
                || !scrape.page().malformed().isEmpty();
        TargetState next =
                vanished ? TargetState.UNKNOWN : baseline(scrape, Map.of()).next();
        return new Step(next, List.of(), Map.of(Rejection.MISSING_METRIC, 1));
    }

    private static Step baseline(Scrape scrape, Map<Rejection, Integer> rejections) {
        Usable answers = usable(scrape.page(), RESPONSES);
        Usable stale = usable(scrape.page(), STALE);
        TargetState next = next(
                scrape,
                new Totals<>(answers.totals(), answers.unusable()),
                new Totals<>(stale.totals(), stale.unusable()));
        return new Step(next, List.of(), rejections);
    }

    private static TargetState next(Scrape scrape, Totals<Double> answers, Totals<Double> stale) {
        return new TargetState(
                Optional.of(scrape.time()),
                scrape.page().single(Continuity.PROCESS_START),
                scrape.page().malformed().isEmpty(),
                "",
                Totals.none(),
                answers,
                stale);
    }

    private static Usable usable(Page page, String metric) {
        return Usable.of(page.values().getOrDefault(metric, Map.of()), labels -> true);
    }

    private static Map<String, Long> rcodes(Map<Labels, Double> deltas) {
        var rcodes = new TreeMap<String, Long>();
        deltas.forEach((series, delta) -> {
            long count = Math.round(delta);
            if (count > 0) {
                rcodes.merge(series.get("rcode"), count, Long::sum);
            }
        });
        return rcodes;
    }

    private static long total(Map<Labels, Double> deltas) {
        return deltas.values().stream().mapToLong(Math::round).sum();
    }
}
