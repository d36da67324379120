package dev.andon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code andon}, with a java and an mvn that only say how they were called. */
@Timeout(60)
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "andon");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2036-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void installJava() throws IOException {
        script(folder.resolve("jdk/bin/java"), "pwd", "printf '%s\\n' \"$@\"");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
    }

    @Nested
    final class InARelease {
        private Path launcher;

        @BeforeEach
        void unpack() throws IOException {
            launcher = install(folder.resolve("release/bin/andon"));
            Files.createDirectories(folder.resolve("release/lib"));
        }

        @Test
        void startsWhatIsBesideItInTheDirectoryOfTheCaller() throws Exception {
            Path home = folder.resolve("release").toRealPath();
            Run run = run(launcher, "replay", "a recording", "--strict");
            assertThat(run.status()).isZero();
            assertThat(run.lines())
                    .startsWith(elsewhere().toRealPath().toString())
                    .contains("-Dandon.plugins=" + home + "/plugins")
                    .endsWith("-cp", home + "/lib/*", "dev.andon.cli.Andon", "replay", "a recording", "--strict");
        }

        @Test
        void findsItsHomeThroughLinks() throws Exception {
            Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("release/bin/andon"));
            Run run = run(Files.createSymbolicLink(folder.resolve("link of a link"), link), "status");
            assertThat(run.lines()).contains(folder.resolve("release").toRealPath() + "/lib/*");
        }

        @Test
        void refusesAJavaThatIsTooOldAndSaysWhichItFound() throws Exception {
            Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
            assertThat(run(launcher, "status"))
                    .isEqualTo(new Run(
                            1, "andon: " + java() + " is Java 11: Andon needs 17 or newer, set JAVA_HOME to one\n"));
        }

        @Test
        void asksAJavaThatHasNoReleaseFileForItsVersion() throws Exception {
            Files.delete(folder.resolve("jdk/release"));
            script(folder.resolve("jdk/bin/java"), "echo 'openjdk version \"1.8.0_402\"' >&2");
            assertThat(run(launcher, "status").output()).contains(" is Java 8: ");
        }

        @Test
        void saysThatJavaHomeIsWrongRatherThanTakingAnotherJava() throws Exception {
            Files.delete(folder.resolve("jdk/bin/java"));
            assertThat(run(launcher, "status"))
                    .isEqualTo(new Run(
                            1,
                            "andon: JAVA_HOME is " + folder.resolve("jdk")
                                    + ", but there is no bin/java in it: correct or unset it\n"));
        }

        @Test
        void allowsNewerReleasesWhatTheyWouldWarnAbout() throws Exception {
            Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
            assertThat(run(launcher, "status").lines())
                    .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        }
    }

    @Nested
    final class InTheSourceTree {
        private Path tree;
        private Path launcher;
        private Path source;

        @BeforeEach
        void checkOut() throws IOException {
            tree = folder.resolve("tree");
            launcher = install(tree.resolve("andon"));
            source = tree.resolve("detector/src/main/java/Detector.java");
            Files.createDirectories(source.getParent());
            for (Path file : List.of(source, tree.resolve("pom.xml"))) Files.createFile(file);
            age();
            script(
                    folder.resolve("tools/mvn"),
                    "echo run >>" + tree.resolve("builds"),
                    "[ ! -e " + tree.resolve("broken") + " ] || { echo '[INFO] noise'; echo '[ERROR] no ;'; exit 1; }",
                    "rm -rf " + tree.resolve("detector/target/andon"),
                    "mkdir -p " + tree.resolve("detector/target/andon/lib"));
        }

        @Test
        void buildsWhatWasNeverBuiltAndThenStartsIt() throws Exception {
            Run run = run(launcher, "demo");
            assertThat(run.status()).isZero();
            assertThat(run.lines()).endsWith("dev.andon.cli.Andon", "demo");
            assertThat(run.output()).contains("andon: building");
            assertThat(builds()).isEqualTo(1);
        }

        @Test
        void doesNotBuildAgainWhatIsUpToDate() throws Exception {
            run(launcher, "demo");
            assertThat(run(launcher, "demo").output()).doesNotContain("building");
            assertThat(builds()).isEqualTo(1);
        }

        @Test
        void buildsAgainWhenASourceFileIsNewer() throws Exception {
            run(launcher, "demo");
            setTime(source, FAR_AHEAD);
            run(launcher, "demo");
            assertThat(builds()).isEqualTo(2);
        }

        @Test
        void buildsAgainWhenASourceFileWasDeleted() throws Exception {
            run(launcher, "demo");
            Files.delete(source);
            setTime(source.getParent(), FAR_AHEAD);
            run(launcher, "demo");
            assertThat(builds()).isEqualTo(2);
        }

        @Test
        void leavesTheBuildAloneWhenAskedTo() throws Exception {
            run(launcher, "demo");
            setTime(source, FAR_AHEAD);
            Run run = run(List.of("ANDON_SKIP_BUILD=1"), launcher, "demo");
            assertThat(run.lines()).endsWith("dev.andon.cli.Andon", "demo");
            assertThat(builds()).isEqualTo(1);
        }

        @Test
        void showsTheErrorsOfABuildThatFailedAndStartsNothing() throws Exception {
            Files.createFile(tree.resolve("broken"));
            Run run = run(launcher, "demo");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.lines().subList(1, run.lines().size()))
                    .containsExactly("[ERROR] no ;", "andon: the build failed, see above; --verbose shows all of it");
        }

        private void age() throws IOException {
            try (var files = Files.walk(tree)) {
                for (Path file : files.toList()) setTime(file, LONG_AGO);
            }
        }

        private long builds() throws IOException {
            return Files.readAllLines(tree.resolve("builds")).size();
        }
    }

    /** @param output stdout and stderr, as they came */
    private record Run(int status, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private Run run(Path launcher, String... arguments) throws IOException, InterruptedException {
        return run(List.of(), launcher, arguments);
    }

    private Run run(List<String> environment, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("env", "-u", "ANDON_JAVA_OPTS", "-u", "ANDON_SKIP_BUILD"));
        command.addAll(environment);
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(elsewhere().toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().merge("PATH", folder.resolve("tools").toString(), (old, tools) -> tools + ":" + old);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Path elsewhere() throws IOException {
        return Files.createDirectories(folder.resolve("else where"));
    }

    private Path java() {
        return folder.resolve("jdk/bin/java");
    }

    private static Path install(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        return Files.copy(LAUNCHER, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void setTime(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
