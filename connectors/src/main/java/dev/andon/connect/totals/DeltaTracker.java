package dev.andon.connect.totals;

import dev.andon.connect.exposition.Wanted;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns the running totals of one target into samples of the interval between two scrapes.
 *
 * <p>Pure: no clock, no I/O, and a state is never changed. Memory: one total per series that the target shows and that
 * is of use; O(series) per scrape. The first page of a target, and the first after it has started again, is a baseline
 * and gives no sample: how much of a total belongs to the last interval is not known then.
 */
public sealed interface DeltaTracker permits ApiserverDeltas, DnsDeltas {
    /**
     * Scrapes that follow one another.
     *
     * @param next what to remember for the next scrape
     * @param samples Avro records, none for a baseline
     * @param rejections how often what reason kept a series or the page from giving a sample
     */
    record Step(TargetState next, List<SpecificRecord> samples, Map<Rejection, Integer> rejections) {}

    /** A tracker of a kube-apiserver. */
    static DeltaTracker apiserver(Origin origin) {
        return new ApiserverDeltas(origin);
    }

    /** A tracker of a CoreDNS server. */
    static DeltaTracker dns(Origin origin) {
        return new DnsDeltas(origin);
    }

    /** @return the metrics to keep of the next page */
    Wanted wanted(TargetState state);

    /** Compares the page with what is remembered. */
    Step step(TargetState state, Scrape scrape);
}
