package dev.andon.detect;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of the series of one kind of request, put together once: every sample names three, and a text that is new each time
 * has to be hashed each time.
 *
 * @param mean series of the mean latency
 * @param slow series of its tail
 * @param kind what was asked, without who did
 */
record SeriesNames(String mean, String slow, String kind) {
    static final String MEAN = "/latency";
    static final String TAIL = "/slow";

    /** There are some dozens; what more a hostile source invents is put together each time. */
    private static final int MOST = 10_000;

    private static final Map<Kind, SeriesNames> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, String> TAILS = new ConcurrentHashMap<>();

    private record Kind(String verb, Optional<String> scope) {}

    static SeriesNames of(String verb, Optional<String> scope) {
        Kind kind = new Kind(verb, scope);
        SeriesNames known = KNOWN.get(kind);
        if (known != null) return known;
        String asked = verb + scope.map(name -> "/" + name).orElse("");
        SeriesNames names = new SeriesNames("apiserver/" + asked + MEAN, "apiserver/" + asked + TAIL, asked + "/");
        if (KNOWN.size() < MOST) {
            KNOWN.put(kind, names);
            TAILS.put(names.mean(), names.slow());
        }
        return names;
    }

    /** @return the series of the tail whose mean is that series */
    static String tailOf(String mean) {
        String known = TAILS.get(mean);
        return known != null ? known : mean.substring(0, mean.length() - MEAN.length()) + TAIL;
    }
}
