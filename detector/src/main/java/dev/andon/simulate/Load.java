package dev.andon.simulate;

/**
 * Callers that repeat one request: each waits for its answer, pauses, and asks again. A closed loop, so a slow server
 * is asked less often, as in reality.
 *
 * @param client who calls: a service account or a user agent
 * @param users callers at the same time, {@code >= 0}
 * @param periodSeconds pause between an answer and the next request, {@code > 0}
 * @param workSeconds mean service time of one request on an idle server
 */
record Load(RequestClass kind, String client, double users, double periodSeconds, double workSeconds) {
    /** @return requests per second when each answer takes {@code latencySeconds} */
    double rate(double latencySeconds) {
        return users / (periodSeconds + latencySeconds);
    }
}
