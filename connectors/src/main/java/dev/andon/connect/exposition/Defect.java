package dev.andon.connect.exposition;

/** Why a page, or a part of one, could not be read. Closed, because it is also a metric label. */
public enum Defect {
    /** A line does not begin with a metric name. */
    BAD_NAME,
    /** The labels of a line do not follow the grammar, or one name occurs twice. */
    BAD_LABELS,
    /** A value, a bucket bound or a timestamp is not a number, or a count is negative or fractional. */
    BAD_VALUE,
    /** A line is longer than {@value TextParser#MAX_LINE_BYTES} bytes. */
    LINE_TOO_LONG,
    /** A metric that was asked for as a histogram is none, or the other way round. */
    WRONG_TYPE,
    /** Buckets that fall, repeat a bound, or lack a total. */
    BAD_HISTOGRAM,
    /** The same metric with the same labels twice on one page; the first counts. */
    DUPLICATE,
    /** The page ends in the middle of a line or of a message. */
    TRUNCATED,
    /** The page is larger than allowed. */
    TOO_LARGE,
    /** The content type is neither the text nor the protobuf format. */
    UNKNOWN_FORMAT,
    /** The page claims to be compressed with gzip and is not. */
    BAD_GZIP,
    /** The page claims to be protobuf and is not. */
    BAD_PROTOBUF,
    /** Not a single metric on the page. */
    NO_METRICS
}
