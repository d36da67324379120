package dev.andon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the demo keeps the data of its broker: a temporary folder that goes with it, or one that stays. */
final class DemoFolder implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    private DemoFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** @param wanted must be empty or new: an earlier demo's rollouts have the same names and are halted already */
    static DemoFolder of(Optional<Path> wanted) throws IOException {
        if (wanted.isEmpty()) return new DemoFolder(Folders.temporary(), true);
        Path folder = wanted.get();
        if (Files.exists(folder) && !empty(folder)) {
            throw CommandException.badInput("--data-dir " + folder
                    + " is not empty; a demo begins with an empty broker, so choose a new folder or delete this one");
        }
        return new DemoFolder(folder, false);
    }

    private static boolean empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (temporary) Folders.delete(path);
    }
}
