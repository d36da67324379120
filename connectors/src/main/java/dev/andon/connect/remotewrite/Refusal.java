package dev.andon.connect.remotewrite;

/** Why a request, or samples of it, were refused. Closed, because it is also a metric label. */
enum Refusal {
    /** The Content-Type is neither remote write 1.0 nor 2.0. */
    WRONG_CONTENT_TYPE,
    /** The Content-Encoding is not snappy. */
    WRONG_ENCODING,
    /** The body is not snappy. */
    BAD_SNAPPY,
    /** The body unfolds to more than allowed. */
    TOO_LARGE,
    /** The body is not the protobuf message it claims to be. */
    BAD_PROTOBUF,
    /** More samples in one request than allowed. */
    TOO_MANY_SAMPLES,
    /** No name, a name twice, labels longer or more than allowed, or bytes that are no text. */
    BAD_LABELS,
    /** A bucket without {@code le}, or with one that is no number. */
    BAD_BUCKET,
    /** A histogram with fractional counts, negative observations, or buckets that contradict one another. */
    BAD_HISTOGRAM,
    /** Neither the series nor the configuration names a cluster, or the series names no instance. */
    NO_ORIGIN,
    /** Later than the clock of this worker by more than allowed. */
    FROM_THE_FUTURE,
    /** Older than allowed. */
    TOO_OLD,
    /** NaN or infinite where a measurement was expected; stale markers are not counted. */
    NOT_A_NUMBER,
    /** More series than are kept. */
    TOO_MANY_SERIES,
    /** A page that was already put together when these came; their totals count with the next one. */
    LATE,
    /** From a replica that is not the one that is listened to. Not an error. */
    OTHER_REPLICA,
    /** A series that no rule maps. Not an error. */
    UNMAPPED
}
