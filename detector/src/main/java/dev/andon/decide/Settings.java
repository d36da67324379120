package dev.andon.decide;

import dev.andon.detect.DetectSettings;
import java.time.Duration;

/**
 * Everything that a decision depends on besides its input.
 *
 * @param falseHaltProbability accepted probability of a false halt per rollout, in (0, 1)
 * @param detect what a change must be to count
 * @param haltProbability probability of being the cause at which a rollout is halted, in (0.5, 1]
 * @param holdProbability probability of being the cause from which a rollout is held while the cause is unsettled
 * @param causalWindow how long after its last step a rollout can still be a candidate
 * @param calmBeforeClear how long a cluster must be fine again before a signal is cleared
 * @param reportEvery how often a cluster reports when nothing happens
 * @param grace how far the time of other clusters must be ahead before a quiet cluster's due times run
 * @param lifecycle how signals are followed up
 * @param policy what people have laid down
 */
public record Settings(
        double falseHaltProbability,
        DetectSettings detect,
        double haltProbability,
        double holdProbability,
        Duration causalWindow,
        Duration calmBeforeClear,
        Duration reportEvery,
        Duration grace,
        Lifecycle lifecycle,
        Policy policy) {
    public static final Settings DEFAULT = forBudget(0.001);

    public Settings {
        if (!(falseHaltProbability > 0 && falseHaltProbability < 1)) {
            throw new IllegalArgumentException(
                    "false-halt-probability must be between 0 and 1 but was " + falseHaltProbability);
        }
    }

    /** @param falseHaltProbability the one setting most users need, in (0, 1) */
    public static Settings forBudget(double falseHaltProbability) {
        return new Settings(
                falseHaltProbability,
                DetectSettings.forBudget(falseHaltProbability),
                0.8,
                0.25,
                Duration.ofMinutes(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Lifecycle.DEFAULT,
                Policy.DEFAULT);
    }

    /** The same with signals that are followed up in another way. */
    public Settings with(Lifecycle other) {
        return new Settings(
                falseHaltProbability,
                detect,
                haltProbability,
                holdProbability,
                causalWindow,
                calmBeforeClear,
                reportEvery,
                grace,
                other,
                policy);
    }

    /** The same under another policy. */
    public Settings with(Policy other) {
        return new Settings(
                falseHaltProbability,
                detect,
                haltProbability,
                holdProbability,
                causalWindow,
                calmBeforeClear,
                reportEvery,
                grace,
                lifecycle,
                other);
    }

    /** @return the same settings with another budget */
    public Settings withBudget(double otherProbability) {
        return new Settings(
                otherProbability,
                detect.withEvidence(DetectSettings.forBudget(otherProbability).evidenceNeeded()),
                haltProbability,
                holdProbability,
                causalWindow,
                calmBeforeClear,
                reportEvery,
                grace,
                lifecycle,
                policy);
    }
}
