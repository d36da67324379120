package dev.andon.decide;

import dev.andon.detect.Finding;
import dev.andon.detect.Observations;
import dev.andon.detect.SeriesKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the series of one cluster make one statement: several that move together are proof sooner than one that moves far.
 *
 * <p>A collection pause or a leader election lasts one to three ticks and shows in one instance or in one kind of request.
 * What shows in several instances and in several kinds at once is none of these. Pure.
 */
final class Corroboration {
    /** Ticks that must speak for a change which several kinds of signal show, and one that only one kind shows. */
    private static final int TICKS_TOGETHER = 2;

    private static final int TICKS_ALONE = 5;
    /** Part of the strongest evidence that a series needs to be proof alone. */
    private static final double ALONE = 0.6;

    private static final int SEVERAL = 3;
    /** Evidence, in nats, from which a series supports another one. */
    private static final double SUPPORT = 3;

    private static final Comparator<Moved> STRONGEST_FIRST =
            Comparator.comparingDouble(Moved::evidence).reversed().thenComparing(Moved::series);

    private Corroboration() {}

    /** A series that changed by an amount that matters. */
    record Moved(String series, Finding finding, Finding.Change change) {
        double evidence() {
            return finding.evidence();
        }
    }

    /** @return changed series, strongest first */
    static List<Moved> moved(Map<String, Finding> findings) {
        List<Moved> moved = new ArrayList<>();
        findings.forEach((series, finding) -> finding.change()
                .filter(Finding.Change::matters)
                .ifPresent(change -> moved.add(new Moved(series, finding, change))));
        if (moved.size() > 1) moved.sort(STRONGEST_FIRST);
        return moved;
    }

    /**
     * Combined evidence in nats: the strongest series counts whole, each further one half of the one before it, so that
     * several small moves together alarm sooner and one wild series does not, whatever their dependence.
     */
    static double combined(List<Moved> moved) {
        double sum = 0;
        double share = 1;
        for (Moved one : moved) {
            sum += share * one.evidence();
            share /= 2;
        }
        return sum;
    }

    /** @return whether it has lasted for longer than passing troubles of one place do */
    static boolean lasting(List<Moved> moved) {
        Set<String> kinds = new TreeSet<>();
        boolean latencyOnly = true;
        int instances = 0;
        if (elevated(moved) >= TICKS_ALONE) return true;
        for (Moved one : moved) {
            if (one.evidence() < SUPPORT || one.change().elevated() < TICKS_TOGETHER) continue;
            kinds.add(kindOf(one.series()));
            if (isLatency(one.series())) {
                instances = Math.max(instances, one.finding().sources());
            } else {
                latencyOnly = false;
            }
        }
        return kinds.size() > 1 && (instances > 1 || !latencyOnly);
    }

    /**
     * @return ticks in a row in which the strongest changes were clear; 0 when nothing moved. Noise makes one of several seem
     *     to have begun early, so of three or more the second longest counts.
     */
    static long elevated(List<Moved> moved) {
        long[] ticks = moved.stream()
                .filter(one -> one.evidence() >= moved.get(0).evidence() * ALONE)
                .mapToLong(one -> one.change().elevated())
                .sorted()
                .toArray();
        if (ticks.length == 0) return 0;
        return ticks[ticks.length - (ticks.length < SEVERAL ? 1 : 2)];
    }

    /**
     * The series whose course tells the cause: those of the part, apiserver or DNS, that changed first. The other part
     * follows at the pace of queues and caches. A tail tells only where nothing else moved: soon after the first slow request
     * nearly all are slow, which says when it began but not how it grows with the dose.
     */
    static Stream<Moved> leading(List<Moved> moved) {
        String part = moved.stream()
                .filter(one -> one.evidence() >= SUPPORT)
                .min(Comparator.comparing((Moved one) -> one.change().onset())
                        .thenComparing(
                                Comparator.comparingDouble(Moved::evidence).reversed()))
                .map(one -> partOf(one.series()))
                .orElse("");
        List<Moved> all = moved.stream()
                .filter(one -> part.isEmpty() || partOf(one.series()).equals(part))
                .toList();
        List<Moved> graded = all.stream()
                .filter(one -> Observations.kindOf(one.series()) != SeriesKind.SLOW)
                .toList();
        return (graded.isEmpty() ? all : graded).stream();
    }

    /** Of apiservers, the mean or the tail. */
    private static boolean isLatency(String series) {
        SeriesKind kind = Observations.kindOf(series);
        return series.startsWith("apiserver/") && (kind == SeriesKind.LATENCY || kind == SeriesKind.SLOW);
    }

    private static String partOf(String series) {
        return series.startsWith("apiserver/") ? "apiserver" : series.startsWith("dns/") ? "dns" : "measurement";
    }

    /** Reads, writes and refusals of apiservers, each view of DNS, and each number of the user's. */
    private static String kindOf(String series) {
        if (!isLatency(series)) return series;
        return series.startsWith("apiserver/GET/") || series.startsWith("apiserver/LIST/") ? "reads" : "writes";
    }
}
