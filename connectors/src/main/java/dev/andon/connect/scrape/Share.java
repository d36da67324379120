package dev.andon.connect.scrape;

import java.util.Map;

/**
 * Which of the targets that are found at run time belong to one task. Every task finds all of them and keeps its own, so
 * one that comes or goes restarts no task and moves no other target.
 *
 * @param task number of the task, in [0, tasks)
 * @param tasks how many there are, {@code >= 1}
 */
record Share(int task, int tasks) {
    /** Handed from the connector to its tasks; not an option. */
    private static final String PROPERTY = "andon.task.share";

    static final Share ALL = new Share(0, 1);

    Share {
        if (task < 0 || task >= tasks) {
            throw new IllegalArgumentException("task must be in [0, " + tasks + ") but was " + task);
        }
    }

    /** @return the share that the connector gave to this task; all where it gave none */
    static Share of(Map<String, String> props) {
        String text = props.get(PROPERTY);
        if (text == null) {
            return ALL;
        }
        int slash = text.indexOf('/');
        return new Share(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    void addTo(Map<String, String> props) {
        props.put(PROPERTY, task + "/" + tasks);
    }

    boolean has(Target target) {
        return Math.floorMod(target.id().hashCode(), tasks) == task;
    }
}
