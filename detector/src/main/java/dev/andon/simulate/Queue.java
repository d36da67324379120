package dev.andon.simulate;

/**
 * What waits at one apiserver instance, between two ticks.
 *
 * @param backlogSeconds work that has been accepted and not begun, in seconds of the whole instance
 * @param listSeconds how long an expensive LIST took in the last tick: callers in a closed loop wait for it
 */
record Queue(double backlogSeconds, double listSeconds) {
    static final Queue EMPTY = new Queue(0, 0);
}
