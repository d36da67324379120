package dev.andon.connect.audit;

/** Why a request or an event was refused. Closed, because it is also a metric label. */
enum Refusal {
    /** The path does not end in a cluster and an instance. */
    NO_ORIGIN,
    /** The body is not JSON, or is cut off. */
    BAD_JSON,
    /** The body is no EventList of audit.k8s.io. */
    NOT_AN_EVENT_LIST,
    /** An event without user, verb or times that can be read. */
    BAD_EVENT,
    /** Later than the clock of this worker by more than allowed. */
    FROM_THE_FUTURE,
    /** The interval it belongs to was already written. */
    LATE,
    /** More clusters and instances than are kept. */
    TOO_MANY_ORIGINS,
    /** Not the end of a request, or one whose length is its client's choice, such as a watch. Not an error. */
    NOT_COUNTED
}
