package dev.andon.simulate;

/**
 * How much of a rollout a cluster has taken.
 *
 * @param updated places that run the new revision now
 * @param total places that shall run it
 * @param placeSeconds seconds that updated places have run it, summed over places
 * @param elapsedSeconds since the start of the simulation
 */
record Dose(long updated, long total, double placeSeconds, double elapsedSeconds) {
    /** @return in [0, 1] */
    double share() {
        return total == 0 ? 0 : Math.min(1, (double) updated / total);
    }

    /** @return mean time for which the updated places have run it */
    double meanAgeSeconds() {
        return updated == 0 ? 0 : placeSeconds / updated;
    }
}
