package dev.andon.connect.exposition;

/**
 * Puts a page together from single series, for a sender that took it apart. The same rules hold as for a page that is
 * read: what contradicts itself is left out and said in {@link Page#malformed}.
 */
public final class PageAssembly {
    private final PageBuilder page = new PageBuilder();
    private final HistogramDraft draft = new HistogramDraft();
    private boolean notACount;
    private long position;

    /** A counter or gauge. */
    public void value(String metric, Labels series, double value) {
        page.value(metric, series, value, ++position);
    }

    /** A histogram that is complete. */
    public void histogram(String metric, Labels series, Histogram histogram) {
        page.histogram(metric, series, histogram, ++position);
    }

    /** Begins a histogram that is given bucket by bucket. */
    public void beginHistogram() {
        draft.clear();
        notACount = false;
    }

    /** @param cumulative observations up to that bound */
    public void bucket(double upperBound, double cumulative) {
        draft.bucket(upperBound, whole(cumulative));
        notACount |= Double.isNaN(upperBound) || upperBound == Double.NEGATIVE_INFINITY;
    }

    /** The sum of all observations. */
    public void sum(double sum) {
        draft.sum(sum);
    }

    /** The number of all observations. */
    public void count(double count) {
        draft.count(whole(count));
    }

    /** Ends the histogram that was begun. */
    public void endHistogram(String metric, Labels series) {
        position++;
        if (notACount) {
            page.defect(Defect.BAD_VALUE, position, () -> metric + series);
        } else {
            page.histogram(metric, series, draft, position);
        }
    }

    /** The page; nothing may be added afterwards. */
    public Page build() {
        return page.build(position);
    }

    private long whole(double value) {
        long count = Numbers.count(value);
        notACount |= count == Numbers.NOT_A_COUNT;
        return Math.max(count, 0);
    }
}
