package dev.andon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for a while. */
final class Folders {
    private Folders() {}

    static Path temporary() {
        try {
            return Files.createTempDirectory("andon-");
        } catch (IOException e) {
            throw CommandException.failed(
                    "no temporary folder can be made: " + e.getMessage() + "; set TMPDIR to one", e);
        }
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) Files.deleteIfExists(each);
        } catch (IOException e) {
            throw CommandException.failed(
                    "the temporary folder " + folder + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
