package dev.andon.domain;

/**
 * How far a rollout has come in one cluster: its dose.
 *
 * @param updated places that run the new revision, {@code >= 0}
 * @param total places that shall run it, {@code >= 0}; 0 when it is not known
 */
public record Coverage(long updated, long total) {
    public static final Coverage NONE = new Coverage(0, 0);

    public Coverage {
        Require.notNegative("updated", updated);
        Require.notNegative("total", total);
    }

    /** @return {@code updated / total} in [0, 1]; 0 when the total is not known */
    public double ratio() {
        return total == 0 ? 0 : Math.min(1, (double) updated / total);
    }
}
