package dev.andon.simulate;

/** Upper bounds of a latency histogram in seconds, with their logarithms at hand. */
final class Buckets {
    /** Those of {@code apiserver_request_duration_seconds} since Kubernetes 1.23. */
    static final Buckets APISERVER = new Buckets(
            0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60);
    /** Fit for latencies taken from an audit log, which are exact. */
    static final Buckets AUDIT = new Buckets(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

    /** Those of {@code coredns_dns_request_duration_seconds}: from a quarter of a millisecond, doubling. */
    static final Buckets COREDNS = new Buckets(
            0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096,
            8.192);

    private final double[] bounds;
    private final double[] logarithms;

    private Buckets(double... bounds) {
        this.bounds = bounds;
        this.logarithms = new double[bounds.length];
        for (int i = 0; i < bounds.length; i++) logarithms[i] = Math.log(bounds[i]);
    }

    int size() {
        return bounds.length;
    }

    /** @return the bounds themselves, shared by all histograms: not to be changed */
    double[] bounds() {
        return bounds;
    }

    double bound(int bucket) {
        return bounds[bucket];
    }

    double logarithm(int bucket) {
        return logarithms[bucket];
    }

    /** @return the bucket that holds this latency; {@link #size()} for the overflow */
    int of(double seconds) {
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) bucket++;
        return bucket;
    }
}
