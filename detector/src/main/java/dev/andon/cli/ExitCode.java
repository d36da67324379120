package dev.andon.cli;

/** What the process tells the shell. Part of the contract: scripts branch on these numbers. */
final class ExitCode {
    static final int DONE = 0;
    /** Something that had to work did not, e.g. a port is taken or the demo was not halted. */
    static final int FAILED = 1;
    /** The command line, a file or a configuration is wrong: trying again changes nothing. */
    static final int BAD_INPUT = 2;
    /** {@code replay --fail-on-halt} met a HALT. */
    static final int HALTED = 3;

    private ExitCode() {}
}
