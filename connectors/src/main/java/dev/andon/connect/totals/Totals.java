package dev.andon.connect.totals;

import dev.andon.connect.exposition.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The running totals of one metric at the last scrape.
 *
 * <p>A series that is new on a page counts from zero. One that was there, was missing and is back does not: what it
 * gained meanwhile belongs to no interval, so it begins anew. Hence the names of lost series are kept.
 *
 * @param present totals by series
 * @param lost series that an earlier page showed and the last one did not, or showed without a usable total
 * @param <V> a count, or a histogram of counts
 */
public record Totals<V>(Map<Labels, V> present, Set<Labels> lost) {
    /** Kept at most; a server that invents new labels for ever must not fill the memory of its observer. */
    static final int MAX_LOST = 50_000;

    /**
     * What two scrapes say together.
     *
     * @param deltas what was added, by series
     * @param fell whether any total fell; then the deltas must not be used
     * @param incomparable how many series began anew because they cannot be compared
     * @param next the totals to remember
     */
    record Change<V>(Map<Labels, V> deltas, boolean fell, int incomparable, Totals<V> next) {}

    static <V> Totals<V> none() {
        return new Totals<>(Map.of(), Set.of());
    }

    /**
     * @param now totals by series, each usable
     * @param unusable series that the page showed without a usable total
     * @param newFromZero whether a series that was never seen counts from zero; false when the last page may have had
     *     it but could not be read in full
     */
    Change<V> to(Map<Labels, V> now, Set<Labels> unusable, boolean newFromZero, Growth.Rule<V> rule) {
        var deltas = new HashMap<Labels, V>();
        boolean fell = false;
        int incomparable = 0;
        for (Map.Entry<Labels, V> series : now.entrySet()) {
            V earlier = present.get(series.getKey());
            if (earlier == null) {
                if (newFromZero && !lost.contains(series.getKey())) {
                    deltas.put(series.getKey(), series.getValue());
                }
                continue;
            }
            Growth<V> growth = rule.between(earlier, series.getValue());
            if (growth instanceof Growth.By<V> by) {
                deltas.put(series.getKey(), by.delta());
            } else if (growth instanceof Growth.Fell<V>) {
                fell = true;
            } else {
                incomparable++;
            }
        }
        return new Change<>(deltas, fell, incomparable, new Totals<>(now, lostAfter(now, unusable)));
    }

    private Set<Labels> lostAfter(Map<Labels, V> now, Set<Labels> unusable) {
        var gone = new HashSet<>(unusable);
        addMissing(gone, present.keySet(), now);
        addMissing(gone, lost, now);
        return gone;
    }

    private static <V> void addMissing(Set<Labels> gone, Set<Labels> known, Map<Labels, V> now) {
        for (Labels series : known) {
            if (gone.size() < MAX_LOST && !now.containsKey(series)) {
                gone.add(series);
            }
        }
    }
}
