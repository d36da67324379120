package dev.andon.simulate;

import dev.andon.domain.DnsSample;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the ticks of one cluster into samples, as a collector would that reads counters: a failed scrape loses
 * nothing, the next one covers the longer interval; a restart loses what was not read.
 */
final class Scraper {
    private final ClusterSpec spec;
    private final boolean byClient;
    private final Map<Series, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Answered> answers = new LinkedHashMap<>();
    private final Instant[] lastRead;
    private Instant lastResolverRead;

    /** @param client empty when clients are not told apart */
    private record Series(int instance, RequestClass kind, String client) {}

    Scraper(ClusterSpec spec, boolean byClient, Instant start) {
        this.spec = spec;
        this.byClient = byClient;
        this.lastRead = new Instant[spec.instances()];
        Arrays.fill(lastRead, start);
        this.lastResolverRead = start;
    }

    void count(Tick tick) {
        for (Served served : tick.served()) {
            Series series = new Series(served.instance(), served.kind(), byClient ? served.client() : "");
            tallies.computeIfAbsent(series, key -> new Tally(served.tally().buckets()))
                    .add(served.tally());
        }
        for (Answered answered : tick.answered()) {
            answers.merge(answered.server(), answered, Answered::plus);
        }
        for (int i = 0; i < spec.instances(); i++) {
            if (tick.down().get(i)) forget(i);
        }
    }

    private void forget(int instance) {
        tallies.forEach((series, tally) -> {
            if (series.instance() == instance) tally.clear();
        });
    }

    /** @return what a scrape at this time reads; the last tick says who can be scraped */
    List<Sample> scrape(Tick last, Instant now) {
        List<Sample> samples = new ArrayList<>();
        tallies.forEach((series, tally) -> {
            if (unreachable(last, series.instance())) return;
            samples.add(sample(series, tally, now));
            tally.clear();
        });
        for (int i = 0; i < spec.instances(); i++) {
            if (!unreachable(last, i)) lastRead[i] = now;
        }
        if (!last.resolversUnscraped()) {
            answers.values().forEach(answered -> samples.add(sample(answered, now)));
            answers.clear();
            lastResolverRead = now;
        }
        return samples;
    }

    private static boolean unreachable(Tick tick, int instance) {
        return tick.down().get(instance) || tick.unscraped().get(instance);
    }

    private LatencySample sample(Series series, Tally tally, Instant now) {
        return new LatencySample(
                now,
                spec.name(),
                spec.instanceName(series.instance()),
                series.kind().verb(),
                Optional.of(series.kind().scope()),
                Duration.between(lastRead[series.instance()], now),
                tally.histogram(),
                tally.codes(series.kind()),
                series.client().isEmpty() ? Optional.empty() : Optional.of(series.client()));
    }

    private DnsSample sample(Answered answered, Instant now) {
        return new DnsSample(
                now,
                spec.name(),
                answered.server(),
                answered.view(),
                Duration.between(lastResolverRead, now),
                answered.responses(),
                answered.rcodes(),
                answered.timeouts(),
                answered.stale());
    }
}
