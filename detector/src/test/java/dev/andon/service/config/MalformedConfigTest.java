package dev.andon.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever stands in the file: a configuration comes out, or problems that each have a place. */
class MalformedConfigTest {
    private static final String EXAMPLE = example();

    @Property(tries = 500, seed = "20261122")
    void anyTextIsReadOrRefusedWithAPlace(@ForAll String text) {
        readOrRefuse(text);
    }

    @Property(tries = 500, seed = "20261122")
    void yamlLikeTextIsReadOrRefusedWithAPlace(@ForAll("yamlLike") String text) {
        readOrRefuse(text);
    }

    @Property(tries = 500, seed = "20261122")
    void theExampleWithAHoleIsReadOrRefusedWithAPlace(
            @ForAll @IntRange(max = 3000) int start,
            @ForAll @IntRange(max = 40) int length,
            @ForAll("pieces") String piece) {
        int from = Math.min(start, EXAMPLE.length());
        int to = Math.min(from + length, EXAMPLE.length());
        readOrRefuse(EXAMPLE.substring(0, from) + piece + EXAMPLE.substring(to));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                ":",
                "- ",
                "\n",
                "\n  ",
                "{",
                "}",
                "[",
                "]",
                "\"",
                "'",
                "#",
                "&a ",
                "*a",
                "!!binary ",
                "? ",
                "|\n",
                ">",
                "---\n",
                "...\n",
                "\t",
                "%",
                "@",
                "`",
                "~",
                "null",
                "1e999",
                "0x1F",
                "${env:",
                "}",
                "<<: ",
                "\u0000",
                "é",
                "\uFEFF",
                "mode",
                "kafka:",
                "clusters:",
                "name: a");
    }

    @Provide
    Arbitrary<String> yamlLike() {
        return pieces().list().ofMaxSize(30).map(pieces -> String.join("", pieces));
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(AndonConfig.parse("andon.yaml", text, name -> Optional.of("0123456789abcdef")))
                    .isNotNull();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line())
                        .isBetween(1, Math.toIntExact(text.lines().count()) + 2);
                assertThat(problem.column()).isPositive();
                assertThat(problem.problem()).isNotBlank();
                assertThat(problem.fix()).isNotBlank();
                assertThat(problem.toString()).doesNotContain("\n").doesNotContain("Exception:");
            });
        }
    }

    private static String example() {
        try {
            return Files.readString(Path.of("..", "docs", "andon.example.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
