package dev.andon.topology;

/**
 * Names of the topology's processors and sinks, and of its stores. They are a contract with data on disk and in changelog
 * topics: state that changes its meaning gets a new name, with the next version at its end.
 */
final class Nodes {
    static final String BY_CLUSTER = "by-cluster";
    static final String BY_FLEET = "by-fleet";
    static final String ROUTE_OVERRIDES = "route-overrides";
    static final String ROUTE_DELIVERIES = "route-deliveries";

    static final String CHANGE_POINTS = "change-points-sink";
    static final String FLEET_INPUTS = "fleet-inputs-sink";
    static final String FLEET_OVERRIDES = "fleet-overrides-sink";
    static final String FLEET_DELIVERIES = "fleet-deliveries-sink";
    static final String SIGNALS = "signals-sink";
    static final String DEAD_INPUTS = "dead-inputs-sink";
    static final String DEAD_FLEET_INPUTS = "dead-fleet-inputs-sink";
    static final String DEAD_OVERRIDES = "dead-overrides-sink";
    static final String DEAD_DELIVERIES = "dead-deliveries-sink";

    static final String SERIES_STORE = "series-v1";
    static final String CLUSTERS_STORE = "clusters-v1";
    static final String REPORTS_STORE = "fleet-reports-v1";
    static final String STANDINGS_STORE = "fleet-standings-v1";
    static final String OVERRIDES_STORE = "fleet-overrides-v1";

    private Nodes() {}

    /** @return the name of the node that reads {@code topic} */
    static String source(Topic topic) {
        return topic.name("") + "-source";
    }
}
