package dev.andon.decide;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Rows in memory, for replay, simulation and tests. Not thread-safe. */
public final class MemoryTable<V> implements Table<V> {
    private final Map<String, V> rows = new HashMap<>();

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public void put(String key, V value) {
        rows.put(key, value);
    }

    @Override
    public void remove(String key) {
        rows.remove(key);
    }

    @Override
    public void forEach(BiConsumer<String, V> visitor) {
        Map.copyOf(rows).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(row -> visitor.accept(row.getKey(), row.getValue()));
    }
}
