package dev.andon.domain;

/** Whether signals are to be acted upon. */
public enum Mode {
    /** They only say what would have been done. */
    OBSERVE,
    /** Sinks act on them. */
    ENFORCE
}
