package dev.andon.connect.fuzz;

import dev.andon.connect.audit.EventListFuzz;
import dev.andon.connect.events.RolloutEventsFuzz;
import dev.andon.connect.exposition.ProtobufPageFuzz;
import dev.andon.connect.exposition.TextPageFuzz;
import dev.andon.connect.query.RangeAnswerFuzz;
import dev.andon.connect.remotewrite.RemoteWrite1Fuzz;
import dev.andon.connect.remotewrite.RemoteWrite2Fuzz;
import dev.andon.connect.remotewrite.SnappyFuzz;
import dev.andon.connect.watch.CorefileFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Throws bytes at every parser that reads what strangers send, each in a process of its own: {@code mvn -Pfuzz}. Begins
 * with the corpus that is kept, and leaves what it found in {@code target/fuzz}. Ends with 1 when a target failed.
 */
public final class Fuzz {
    /** By the folder of its corpus, which has the name of the class. */
    static final List<Class<?>> TARGETS = List.of(
            TextPageFuzz.class,
            ProtobufPageFuzz.class,
            RemoteWrite1Fuzz.class,
            RemoteWrite2Fuzz.class,
            SnappyFuzz.class,
            EventListFuzz.class,
            RolloutEventsFuzz.class,
            RangeAnswerFuzz.class,
            CorefileFuzz.class);

    private static final Path CORPUS = Path.of("src", "fuzz");

    private Fuzz() {}

    /** @param args seconds for each target; then, if not all, the names of the targets */
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[0]);
        var only = List.of(args).subList(1, args.length);
        var failed = new ArrayList<String>();
        for (Class<?> target : TARGETS) {
            String name = target.getSimpleName();
            if ((only.isEmpty() || only.contains(name)) && fuzz(target, seconds) != 0) {
                failed.add(name);
            }
        }
        System.out.println(failed.isEmpty() ? "fuzzing: nothing found" : "fuzzing: failed: " + failed);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    static Path corpus(Class<?> target) {
        return CORPUS.resolve(target.getSimpleName());
    }

    private static int fuzz(Class<?> target, int seconds) throws IOException, InterruptedException {
        Path work = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path found = Files.createDirectories(work.resolve("corpus"));
        System.out.println("===== " + target.getSimpleName() + ", " + seconds + " s");
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=dev.andon.connect.**",
                        // Whatever else is loaded is not looked into: that alone took longer than the time for an
                        // input.
                        "--custom_hook_includes=dev.andon.connect.**",
                        "--reproducer_path=" + work,
                        "-artifact_prefix=" + work + "/",
                        "-max_total_time=" + seconds,
                        "-max_len=8192",
                        // The first input pays for loading every class, which took half a minute on a busy machine.
                        "-timeout=120",
                        "-rss_limit_mb=3000",
                        "-print_final_stats=1",
                        found.toString(),
                        corpus(target).toString()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
