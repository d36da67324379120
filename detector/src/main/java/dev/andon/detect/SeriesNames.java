package dev.andon.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of the series of one kind of request, put together once: every sample names three, and a text that is new each time
 * has to be hashed each time. Remembers what it has put together; not thread-safe.
 */
public final class SeriesNames {
    static final String MEAN = "/latency";
    static final String TAIL = "/slow";

    /** There are some dozens; what more a hostile source invents is put together each time. */
    private static final int MOST = 10_000;

    private final Map<Kind, Names> known = new HashMap<>();
    private final Map<String, String> tails = new HashMap<>();

    private record Kind(String verb, Optional<String> scope) {}

    /**
     * One kind of request.
     *
     * @param mean series of the mean latency
     * @param kind what was asked, without who did
     */
    record Names(String mean, String kind) {}

    Names of(String verb, Optional<String> scope) {
        Kind kind = new Kind(verb, scope);
        Names names = known.get(kind);
        if (names != null) return names;
        String asked = verb + scope.map(name -> "/" + name).orElse("");
        Names made = new Names("apiserver/" + asked + MEAN, asked + "/");
        if (known.size() < MOST) {
            known.put(kind, made);
            tails.put(made.mean(), tail(made.mean()));
        }
        return made;
    }

    /** @return the series of the tail whose mean is that one */
    public String tailOf(String mean) {
        String name = tails.get(mean);
        return name != null ? name : tail(mean);
    }

    private static String tail(String mean) {
        return mean.substring(0, mean.length() - MEAN.length()) + TAIL;
    }
}
