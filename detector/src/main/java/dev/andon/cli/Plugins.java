package dev.andon.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where the launcher has put the connectors. */
final class Plugins {
    private static final String PROPERTY = "andon.plugins";

    private Plugins() {}

    /** @return the folder; empty when the program was not started by its launcher */
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    }
}
