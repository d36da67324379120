package dev.andon.connect.common;

import java.util.LinkedHashSet;
import java.util.Set;

/** The rollouts whose start has been told, the last 10 000 of them. Forgets all when the task stops. */
final class Starts {
    private static final int REMEMBERED = 10_000;

    private final Set<String> told = new LinkedHashSet<>();

    boolean isNew(String rolloutId) {
        boolean added = told.add(rolloutId);
        if (told.size() > REMEMBERED) {
            told.remove(told.iterator().next());
        }
        return added;
    }
}
