package dev.andon.decide;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The rows that a stage keeps between two inputs: a state store in production, a map in a replay.
 *
 * @param <V> an immutable value
 */
public interface Table<V> {
    Optional<V> get(String key);

    void put(String key, V value);

    void remove(String key);

    /** Visits all rows in the order of their keys. */
    void forEach(BiConsumer<String, V> visitor);
}
