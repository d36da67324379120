package dev.andon.decide;

import dev.andon.decide.Callers.Caller;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Callers by call, in order, in two arrays that are never changed: with every sample one caller is replaced, and then only
 * references are copied and the calls are shared.
 */
final class SortedCalls extends AbstractMap<String, Caller> {
    private final String[] calls;
    private final Caller[] callers;

    private SortedCalls(String[] calls, Caller[] callers) {
        this.calls = calls;
        this.callers = callers;
    }

    static SortedCalls of(Map<String, Caller> byCall) {
        if (byCall instanceof SortedCalls sorted) return sorted;
        Map<String, Caller> sorted = new TreeMap<>(byCall);
        return new SortedCalls(
                sorted.keySet().toArray(new String[0]), sorted.values().toArray(new Caller[0]));
    }

    /** @return the same with another caller, or one more */
    SortedCalls with(String call, Caller caller) {
        int place = Arrays.binarySearch(calls, call);
        if (place >= 0) {
            Caller[] replaced = callers.clone();
            replaced[place] = caller;
            return new SortedCalls(calls, replaced);
        }
        Map<String, Caller> more = new TreeMap<>(this);
        more.put(call, caller);
        return of(more);
    }

    @Override
    public @Nullable Caller get(@Nullable Object call) {
        int place = call instanceof String name ? Arrays.binarySearch(calls, name) : -1;
        return place >= 0 ? callers[place] : null;
    }

    @Override
    public boolean containsKey(@Nullable Object call) {
        return get(call) != null;
    }

    @Override
    public Set<Entry<String, Caller>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Caller>> iterator() {
                return IntStream.range(0, calls.length)
                        .mapToObj(i -> Map.entry(calls[i], callers[i]))
                        .iterator();
            }

            @Override
            public int size() {
                return calls.length;
            }
        };
    }
}
