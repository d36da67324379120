package dev.andon.service.config;

/** What signals are for. */
public enum Mode {
    /** Recorded as what would have been halted; sinks and gate let everything pass. The default of a new install. */
    OBSERVE,
    /** Acted upon. */
    ENFORCE
}
