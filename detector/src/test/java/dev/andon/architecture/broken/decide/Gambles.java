package dev.andon.architecture.broken.decide;

/** Decides otherwise on every run. */
final class Gambles {
    private Gambles() {}

    static boolean halt() {
        return Math.random() > 0.5;
    }
}
