package dev.andon.simulate;

/**
 * The kinds of requests that an apiserver tells apart in its metrics, with what an ordinary cluster asks of it.
 *
 * <p>Rates follow what Kubernetes itself does (a lease per node and 10 s, node and pod status) and its usual
 * controllers; service times are in the character of a real kube-apiserver 1.20 under light load: a quick body and a
 * slow tail.
 */
enum RequestClass {
    GET("GET", "resource", "pods", 4, 0.25, 0.0018, 0.7, 0.05),
    LIST_NAMESPACE("LIST", "namespace", "configmaps", 1, 0.03, 0.0045, 1.1, 0.06),
    LIST_CLUSTER("LIST", "cluster", "pods", 0.6, 0.004, 0.0065, 1.3, 1),
    PUT("PUT", "resource", "leases", 2, 0.11, 0.0042, 0.9, 0.055),
    PATCH("PATCH", "resource", "nodes", 1.2, 0.03, 0.0042, 0.8, 0.055),
    POST("POST", "resource", "events", 0.7, 0.015, 0.0042, 0.8, 0.055),
    DELETE("DELETE", "resource", "pods", 0.4, 0.008, 0.0035, 0.7, 0.05);

    private static final RequestClass[] ALL = values();

    private final String verb;
    private final String scope;
    private final String resource;
    private final double baseRate;
    private final double ratePerNode;
    private final double serviceSeconds;
    private final double variation;
    private final double queueShare;

    /**
     * @param baseRate requests per second of a cluster without nodes
     * @param ratePerNode requests per second that each node adds
     * @param serviceSeconds mean service time of an idle server
     * @param variation coefficient of variation of the service time
     * @param queueShare how much of the queue of expensive requests this kind waits through, in [0, 1]: priority and
     *     fairness lets cheap requests pass, but they share the processor
     */
    RequestClass(
            String verb,
            String scope,
            String resource,
            double baseRate,
            double ratePerNode,
            double serviceSeconds,
            double variation,
            double queueShare) {
        this.verb = verb;
        this.scope = scope;
        this.resource = resource;
        this.baseRate = baseRate;
        this.ratePerNode = ratePerNode;
        this.serviceSeconds = serviceSeconds;
        this.variation = variation;
        this.queueShare = queueShare;
    }

    /** All kinds in a shared array, which must not be changed: {@code values()} copies on every call. */
    static RequestClass[] all() {
        return ALL;
    }

    /** @return the place of this kind in arrays that last for one tick and are never stored */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    String verb() {
        return verb;
    }

    String scope() {
        return scope;
    }

    /** @return the resource under which the simulated page shows this kind */
    String resource() {
        return resource;
    }

    double rate(double nodes) {
        return baseRate + ratePerNode * nodes;
    }

    double serviceSeconds() {
        return serviceSeconds;
    }

    double variation() {
        return variation;
    }

    double queueShare() {
        return queueShare;
    }

    boolean writes() {
        return this == PUT || this == PATCH || this == POST || this == DELETE;
    }

    /** @return the HTTP status of a success */
    String success() {
        return this == POST ? "201" : "200";
    }
}
