package dev.andon.connect.totals;

import dev.andon.connect.exposition.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The totals of one metric, parted into those that are of use and those that are not numbers to count with.
 *
 * @param totals each {@code >= 0} and at most 2^53, beyond which a double no longer tells neighbouring counts apart
 * @param unusable series without such a total
 */
record Usable(Map<Labels, Double> totals, Set<Labels> unusable) {
    private static final double MAX_TOTAL = 0x1p53;

    static Usable of(Map<Labels, Double> counters, Predicate<Labels> relevant) {
        var totals = new HashMap<Labels, Double>();
        var unusable = new HashSet<Labels>();
        counters.forEach((series, total) -> {
            if (!relevant.test(series)) {
                return;
            }
            if (total >= 0 && total <= MAX_TOTAL) {
                totals.put(series, total);
            } else {
                unusable.add(series);
            }
        });
        return new Usable(totals, unusable);
    }
}
