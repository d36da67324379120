package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Labels;
import dev.andon.connect.exposition.PageAssembly;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series that together are one classic histogram. */
final class HistogramParts {
    private final String metric;
    private final Labels labels;
    private final List<KnownSeries> buckets = new ArrayList<>();
    private final List<Double> bounds = new ArrayList<>();
    private @Nullable KnownSeries sum;
    private @Nullable KnownSeries count;

    HistogramParts(String metric, Labels labels) {
        this.metric = metric;
        this.labels = labels;
    }

    void add(KnownSeries series, Meaning.Shown shown) {
        switch (shown.part()) {
            case BUCKET -> {
                buckets.add(series);
                bounds.add(shown.upperBound());
            }
            case SUM -> sum = series;
            case COUNT -> count = series;
            case VALUE, WHOLE ->
                throw new IllegalArgumentException(shown.part() + " is no part of a classic histogram");
        }
    }

    /** @return whether the scrape had it */
    boolean addTo(PageAssembly page, OpenScrape scrape) {
        boolean any = false;
        page.beginHistogram();
        for (int i = 0; i < buckets.size(); i++) {
            int slot = buckets.get(i).slot();
            if (scrape.has(slot)) {
                any = true;
                page.bucket(bounds.get(i), scrape.value(slot));
            }
        }
        if (!any) {
            return false;
        }
        if (sum != null && scrape.has(sum.slot())) {
            page.sum(scrape.value(sum.slot()));
        }
        if (count != null && scrape.has(count.slot())) {
            page.count(scrape.value(count.slot()));
        }
        page.endHistogram(metric, labels);
        return true;
    }
}
