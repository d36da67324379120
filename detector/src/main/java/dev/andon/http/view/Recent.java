package dev.andon.http.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The newest values, each once, oldest first. Bounded. Not thread-safe. */
final class Recent<K, V> {
    private final int most;
    private final Map<K, V> values = new LinkedHashMap<>();

    Recent(int most) {
        this.most = most;
    }

    /** @return whether it was new */
    boolean add(K key, V value) {
        if (values.putIfAbsent(key, value) != null) return false;
        if (values.size() > most) values.remove(values.keySet().iterator().next());
        return true;
    }

    List<V> all() {
        return List.copyOf(values.values());
    }

    List<V> those(Predicate<V> wanted) {
        return values.values().stream().filter(wanted).toList();
    }
}
