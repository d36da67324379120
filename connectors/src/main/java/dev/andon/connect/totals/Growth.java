package dev.andon.connect.totals;

/**
 * What became of one running total between two scrapes.
 *
 * @param <V> a count, or a histogram of counts
 */
public sealed interface Growth<V> {
    /** @param delta what was added in the meantime, never negative */
    record By<V>(V delta) implements Growth<V> {}

    /** It fell, which a total does only when the server has started again. */
    record Fell<V>() implements Growth<V> {}

    /** The two cannot be compared; the later one is a new beginning for this series. */
    record Incomparable<V>() implements Growth<V> {}

    /** How to compare two totals of a kind. */
    @FunctionalInterface
    interface Rule<V> {
        Growth<V> between(V earlier, V later);
    }
}
