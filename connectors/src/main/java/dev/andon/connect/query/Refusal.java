package dev.andon.connect.query;

/** Why an answer, or a part of it, gave no record. Closed, because it is also a metric label. */
enum Refusal {
    /** Nobody answers, or not in time. */
    UNREACHABLE,
    /** The server refuses our credentials. */
    UNAUTHORIZED,
    /** Another status, or the server says that the query failed. */
    QUERY_FAILED,
    /** The answer is larger than allowed, or is no answer of this API. */
    UNREADABLE,
    /** The server says that the answer may lack something; it is asked again, and after a while taken as it is. */
    PARTIAL,
    /** No series at all. */
    EMPTY,
    /** NaN or infinite; a gap. */
    NOT_A_NUMBER,
    /** A series without the label that names the cluster. */
    NO_CLUSTER
}
