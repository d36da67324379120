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
 * nothing, the next one covers the longer interval; a restart loses what was not read. Every target is scraped at a phase
 * of its own, as Prometheus does it.
 */
final class Scraper {
    private final ClusterSpec spec;
    private final boolean byClient;
    private final Map<Series, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Answered> answers = new LinkedHashMap<>();
    private final Phases phases;
    private final Instant start;
    private final Instant[] lastRead;
    private final Map<String, Instant> lastAnswered = new LinkedHashMap<>();

    /** @param client empty when clients are not told apart */
    private record Series(int instance, RequestClass kind, String client) {}

    /**
     * In which tick of an interval a target is scraped.
     *
     * @param count ticks in an interval
     */
    record Phases(long seed, int count) {
        boolean at(String target, int phase) {
            int hash = Long.hashCode(seed * 0x9E3779B97F4A7C15L) * 31 + target.hashCode() * 0x85EBCA6B;
            return Math.floorMod(hash >>> 8, count) == phase;
        }
    }

    Scraper(ClusterSpec spec, boolean byClient, Instant start, Phases phases) {
        this.spec = spec;
        this.byClient = byClient;
        this.start = start;
        this.phases = phases;
        this.lastRead = new Instant[spec.instances()];
        Arrays.fill(lastRead, start);
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

    /** @return what is read at this time of the targets of this phase; the last tick says who can be scraped */
    List<Sample> scrape(Tick last, Instant now, int phase) {
        List<Sample> samples = new ArrayList<>();
        boolean[] read = new boolean[spec.instances()];
        for (int i = 0; i < read.length; i++) {
            read[i] = phases.at(spec.instanceName(i), phase) && !unreachable(last, i);
        }
        tallies.forEach((series, tally) -> {
            if (!read[series.instance()]) return;
            samples.add(sample(series, tally, now));
            tally.clear();
        });
        for (int i = 0; i < read.length; i++) {
            if (read[i]) lastRead[i] = now;
        }
        if (!last.resolversUnscraped()) answered(samples, now, phase);
        return samples;
    }

    private void answered(List<Sample> samples, Instant now, int phase) {
        answers.values().removeIf(answered -> {
            if (!phases.at(answered.server(), phase)) return false;
            samples.add(sample(answered, now));
            lastAnswered.put(answered.server(), now);
            return true;
        });
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
                Duration.between(lastAnswered.getOrDefault(answered.server(), start), now),
                answered.responses(),
                answered.rcodes(),
                answered.timeouts(),
                answered.stale());
    }
}
