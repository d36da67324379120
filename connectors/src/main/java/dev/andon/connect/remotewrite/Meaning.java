package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Labels;
import dev.andon.connect.totals.Origin;

/** What a series says. */
sealed interface Meaning {
    /** Nothing to us. */
    record Unmapped() implements Meaning {}

    /** It is never of use, and why. */
    record Unusable(Refusal reason, String detail) implements Meaning {}

    /** A measurement. */
    record Measured(String cluster, String replica, String series, MeasurementRule rule) implements Meaning {}

    /**
     * A part of what one server showed.
     *
     * @param replica of the Prometheus that sent it, empty when it is the only one
     * @param metric name without the suffix of the part
     * @param labels what tells the series of the metric apart
     * @param upperBound of a bucket; NaN for any other part
     */
    record Shown(Kind kind, Origin origin, String replica, String metric, Part part, Labels labels, double upperBound)
            implements Meaning {}

    /** What serves the metric. */
    enum Kind {
        APISERVER,
        DNS,
        /** Says when the process began, which both do. */
        EITHER
    }

    /** Which part of a metric. */
    enum Part {
        VALUE,
        BUCKET,
        SUM,
        COUNT,
        /** A native histogram. */
        WHOLE
    }
}
