package dev.andon.quality;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A detector in the comparison, in one or more variants. Each is given the threshold at which it alarms as rarely as asked;
 * the variant that is quickest on the tuning streams is the one reported.
 */
record Peer(String name, List<Variant> variants) {

    /**
     * One way to set it up.
     *
     * @param label what is different about it
     * @param least smallest threshold tried
     * @param most largest threshold tried
     * @param fixedScore whether the score does not depend on the threshold, so that one pass finds the threshold
     * @param start starts to watch a stream of a law with a threshold
     */
    record Variant(
            String label, double least, double most, boolean fixedScore, Function<Law, DoubleFunction<Watch>> start) {}

    static Peer of(String name, Variant... variants) {
        return new Peer(name, Arrays.asList(variants));
    }

    /** @return a variant whose score is compared with the threshold */
    static Variant scored(String label, double least, double most, Supplier<Watch> watch) {
        return new Variant(label, least, most, true, law -> threshold -> watch.get());
    }

    /** @return a variant that needs its threshold from the start, and alarms by itself */
    static Variant alarming(String label, double least, double most, DoubleFunction<Alarm> alarm) {
        return new Variant(label, least, most, false, law -> threshold -> {
            Alarm watching = alarm.apply(threshold);
            return (value, standardised) -> watching.raised(standardised) ? threshold : Double.NEGATIVE_INFINITY;
        });
    }

    /** A detector that says yes or no. */
    interface Alarm {
        boolean raised(double standardised);
    }
}
