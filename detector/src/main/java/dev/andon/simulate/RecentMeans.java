package dev.andon.simulate;

/** Mean latencies of the last second or so, for the eyes. */
final class RecentMeans {
    private static final double FORGETTING = 0.8;

    private final double[] requests = new double[RequestClass.all().length];
    private final double[] seconds = new double[RequestClass.all().length];

    void add(Tick tick) {
        for (int i = 0; i < requests.length; i++) {
            requests[i] *= FORGETTING;
            seconds[i] *= FORGETTING;
        }
        for (Served served : tick.served()) {
            requests[served.kind().index()] += served.tally().total();
            seconds[served.kind().index()] += served.tally().sumSeconds();
        }
    }

    /** @return mean latency in seconds; 0 when nobody asked */
    double seconds(RequestClass kind) {
        double count = requests[kind.index()];
        return count > 1e-6 ? seconds[kind.index()] / count : 0;
    }
}
