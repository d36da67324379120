package dev.andon.connect.exposition;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a parser reads of one page. Both formats meet here, so that they cannot come to differ. */
final class PageBuilder {
    /** The labels of the series that is being read; the parser fills it before it calls a method below. */
    final LabelBuffer labels = new LabelBuffer();

    final StringPool strings = new StringPool();

    private final Map<String, Map<Labels, Double>> values = new HashMap<>();
    private final Map<String, Map<Labels, Histogram>> histograms = new HashMap<>();
    private final Map<String, Map<Labels, HistogramDraft>> drafts = new HashMap<>();
    private final DefectLog defects = new DefectLog();
    private @Nullable Buckets layout;
    private String lastMetric = "";
    private Labels lastLabels = Labels.NONE;
    private @Nullable HistogramDraft lastDraft;

    void value(String metric, double value, long position) {
        value(metric, labels.toLabels(), value, position);
    }

    void value(String metric, Labels series, double value, long position) {
        if (seriesOf(values, metric).putIfAbsent(series, value) != null) {
            defect(Defect.DUPLICATE, position, () -> metric + series);
        }
    }

    /** @return the histogram of the current labels, for a format that spreads one over many lines */
    HistogramDraft draft(String metric) {
        HistogramDraft draft = lastDraft;
        if (draft == null || !lastMetric.equals(metric) || !labels.sameAs(lastLabels)) {
            lastMetric = metric;
            lastLabels = labels.toLabels();
            draft = seriesOf(drafts, metric).computeIfAbsent(lastLabels, series -> new HistogramDraft());
            lastDraft = draft;
        }
        return draft;
    }

    /** Takes over a histogram of the current labels that is complete. */
    void histogram(String metric, HistogramDraft draft, long position) {
        histogram(metric, labels.toLabels(), draft, position);
    }

    void defect(Defect defect, long position, Supplier<String> excerpt) {
        defects.add(defect, position, defects.needsExcerpt(defect) ? excerpt.get() : "");
    }

    Page build(long position) {
        drafts.forEach(
                (metric, series) -> series.forEach((labels, draft) -> histogram(metric, labels, draft, position)));
        return new Page(unmodifiable(values), unmodifiable(histograms), defects.all());
    }

    void histogram(String metric, Labels series, HistogramDraft draft, long position) {
        Histogram histogram = draft.finish(layout);
        if (histogram == null) {
            defect(Defect.BAD_HISTOGRAM, position, () -> metric + series);
            return;
        }
        layout = histogram.buckets();
        histogram(metric, series, histogram, position);
    }

    void histogram(String metric, Labels series, Histogram histogram, long position) {
        if (seriesOf(histograms, metric).putIfAbsent(series, histogram) != null) {
            defect(Defect.DUPLICATE, position, () -> metric + series);
        }
    }

    private static <T> Map<Labels, T> seriesOf(Map<String, Map<Labels, T>> byMetric, String metric) {
        return byMetric.computeIfAbsent(metric, name -> new LinkedHashMap<>());
    }

    private static <T> Map<String, Map<Labels, T>> unmodifiable(Map<String, Map<Labels, T>> byMetric) {
        byMetric.replaceAll((name, series) -> Collections.unmodifiableMap(series));
        return byMetric;
    }
}
