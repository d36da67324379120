package dev.andon.connect.events;

/** Why a request was refused. Closed, because it is also a metric label. */
enum Refusal {
    /** No such sender, or it has no secret configured. */
    UNKNOWN_SENDER,
    /** The token or the signature is missing or wrong. */
    UNAUTHORIZED,
    /** The body is not JSON. */
    BAD_JSON,
    /** What is needed is not there, or says nothing that is known. */
    NOT_UNDERSTOOD,
    /** Neither the path nor the body names the cluster. */
    NO_CLUSTER,
    /** Later than the clock of this worker by more than allowed. */
    FROM_THE_FUTURE,
    /** An event that says nothing about a rollout. Not an error. */
    NOT_A_ROLLOUT
}
