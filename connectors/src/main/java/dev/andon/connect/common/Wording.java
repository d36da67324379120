package dev.andon.connect.common;

import dev.andon.schema.Action;
import dev.andon.schema.Exposure;
import dev.andon.schema.Signal;

/** Puts a signal into the words that pagers and chats show. */
public final class Wording {
    private Wording() {}

    /** One line: what to do, to what, where and why. */
    public static String headline(Signal signal) {
        String where = signal.getCluster() == null ? "" : " in " + signal.getCluster();
        String what = signal.getAction() == Action.ALARM ? "" : " " + signal.getRolloutId();
        return signal.getAction() + what + where + ": " + signal.getReason();
    }

    /** How far the rollout had come; empty when that is not known. */
    public static String exposure(Signal signal) {
        Exposure exposure = signal.getExposure();
        return exposure == null || exposure.getTotal() == 0
                ? ""
                : exposure.getUpdated() + " of " + exposure.getTotal() + " in " + exposure.getClusters()
                        + (exposure.getClusters() == 1 ? " cluster" : " clusters");
    }

    /** What a signal is about, the same for the signal that ends it: the rollout, or the cluster of an alarm. */
    public static String subject(Signal signal) {
        return Notice.subject(signal);
    }
}
