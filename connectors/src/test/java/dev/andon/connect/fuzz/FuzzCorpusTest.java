package dev.andon.connect.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer found once stays mended: every input that is kept, without the fuzzer. */
@Timeout(60)
class FuzzCorpusTest {
    static List<Class<?>> targets() {
        return Fuzz.TARGETS;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesEveryInputThatIsKept(Class<?> target) throws Exception {
        Method fuzz = target.getMethod("fuzzerTestOneInput", byte[].class);
        List<Path> inputs = inputs(target);
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            try {
                fuzz.invoke(null, (Object) Files.readAllBytes(input));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(target.getSimpleName() + " does not take " + input, e.getCause());
            }
        }
    }

    private static List<Path> inputs(Class<?> target) throws IOException {
        try (Stream<Path> files = Files.list(Fuzz.corpus(target))) {
            return files.sorted().toList();
        }
    }
}
