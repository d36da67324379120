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
 * @param totals each finite and {@code >= 0}
 * @param unusable series without such a total
 */
record Usable(Map<Labels, Double> totals, Set<Labels> unusable) {
    static Usable of(Map<Labels, Double> counters, Predicate<Labels> relevant) {
        var totals = new HashMap<Labels, Double>();
        var unusable = new HashSet<Labels>();
        counters.forEach((series, total) -> {
            if (!relevant.test(series)) {
                return;
            }
            if (Double.isFinite(total) && total >= 0) {
                totals.put(series, total);
            } else {
                unusable.add(series);
            }
        });
        return new Usable(totals, unusable);
    }
}
