package dev.andon.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * What the machine that runs the tests offers. A developer's machine may lack a tool, and then the test that needs it is
 * skipped with a reason. The CI machine sets {@code ANDON_CI=true} and installs all of them: there a missing tool is a
 * failure, so that nothing goes untested in silence.
 */
record Machine(Map<String, String> environment) {
    Machine {
        environment = Map.copyOf(environment);
    }

    static Machine current() {
        return new Machine(System.getenv());
    }

    boolean mustHaveEverything() {
        return "true".equals(environment.get("ANDON_CI"));
    }

    Optional<Path> executable(String name) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** @return what a test throws when {@code what} is missing: an abort, or a failure where all must be there */
    RuntimeException missing(String what) {
        return mustHaveEverything()
                ? new IllegalStateException(what + ", and with ANDON_CI=true that is a failure: install it in .ci/run")
                : new TestAbortedException(what);
    }
}
