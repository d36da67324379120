package dev.andon.domain;

/** What one source saw in one interval. Counts are of that interval, never running totals. */
public sealed interface Sample extends Input permits LatencySample, DnsSample, Measurement {
    /** @return who saw it: the apiserver instance, the DNS server, or the name of a measurement */
    String source();
}
