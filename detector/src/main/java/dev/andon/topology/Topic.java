package dev.andon.topology;

/** Every topic of the product. Names are a contract with users; partitions of a kind are always equal in number. */
public enum Topic {
    ROLLOUTS("rollouts", Kind.CLUSTER, Keep.HISTORY),
    APISERVER_LATENCY("apiserver-latency", Kind.CLUSTER, Keep.SAMPLES),
    DNS_ERRORS("dns-errors", Kind.CLUSTER, Keep.SAMPLES),
    MEASUREMENTS("measurements", Kind.CLUSTER, Keep.SAMPLES),
    CLUSTERS("clusters", Kind.CLUSTER, Keep.LATEST),
    CHANGE_POINTS("change-points", Kind.CLUSTER, Keep.HISTORY),
    /** From the stage by cluster to the stage by fleet, keyed by fleet. */
    FLEET_INPUTS("fleet-inputs", Kind.FLEET, Keep.SAMPLES),
    OVERRIDES("overrides", Kind.FLEET, Keep.HISTORY),
    SIGNALS("signals", Kind.FLEET, Keep.HISTORY),
    DELIVERIES("deliveries", Kind.FLEET, Keep.HISTORY),
    DEAD_LETTERS("dead-letters", Kind.SINGLE, Keep.HISTORY);

    /** What decides on the number of partitions. */
    public enum Kind {
        /** Keyed by cluster and read together, so equally partitioned; scales with the number of clusters. */
        CLUSTER,
        /** Read or written by the stage by fleet: one partition unless there are many fleets. */
        FLEET,
        /** One partition: rare, and read by people. */
        SINGLE
    }

    /** For how long records are kept. */
    public enum Keep {
        /** Many and soon worthless. */
        SAMPLES,
        /** Few, and what people ask for afterwards. */
        HISTORY,
        /** The newest record of each key, for ever (compacted). */
        LATEST
    }

    private final String suffix;
    private final Kind kind;
    private final Keep keep;

    Topic(String suffix, Kind kind, Keep keep) {
        this.suffix = suffix;
        this.kind = kind;
        this.keep = keep;
    }

    public Kind kind() {
        return kind;
    }

    public Keep keep() {
        return keep;
    }

    /** Returns the name on the broker, e.g. {@code andon.rollouts}. */
    public String name(String prefix) {
        return prefix + suffix;
    }
}
