package dev.andon.topology;

import dev.andon.decide.Table;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A table on a state store. All rows are in memory too, decoded once; the store is written on every change and read only
 * when the table is made. So it must be made anew whenever its task starts, which is when {@code init} is called.
 */
final class StoreTable<V> implements Table<V> {
    private final KeyValueStore<String, V> store;
    private final TreeMap<String, V> rows = new TreeMap<>();

    StoreTable(KeyValueStore<String, V> store) {
        this.store = store;
        try (KeyValueIterator<String, V> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, V> row = all.next();
                rows.put(row.key, row.value);
            }
        }
    }

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public void put(String key, V value) {
        V before = rows.put(key, value);
        if (before != value) store.put(key, value);
    }

    @Override
    public void remove(String key) {
        if (rows.remove(key) != null) store.delete(key);
    }

    @Override
    public void forEach(BiConsumer<String, V> visitor) {
        // The visitor may change the table.
        new TreeMap<>(rows).forEach(visitor);
    }

    /** @return the rows whose keys begin with {@code prefix}, under the rest of their keys */
    Table<V> within(String prefix) {
        return new Table<>() {
            @Override
            public Optional<V> get(String key) {
                return StoreTable.this.get(prefix + key);
            }

            @Override
            public void put(String key, V value) {
                StoreTable.this.put(prefix + key, value);
            }

            @Override
            public void remove(String key) {
                StoreTable.this.remove(prefix + key);
            }

            @Override
            public void forEach(BiConsumer<String, V> visitor) {
                SortedMap<String, V> part = rows.subMap(prefix, prefix + Character.MAX_VALUE);
                new TreeMap<>(part).forEach((key, value) -> visitor.accept(key.substring(prefix.length()), value));
            }
        };
    }
}
