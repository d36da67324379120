package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file may hold anything; only a token may become a header, and nothing else may show in a message. */
class BearerTokenTest {
    @TempDir
    private Path folder;

    @Test
    void takesTheOneLineOfAFile() throws IOException {
        assertThat(new BearerToken("", Optional.of(file("eyJh.bGci\n"))).value())
                .contains("eyJh.bGci");
    }

    @Test
    void takesNothingFromAFileThatHoldsSomethingElse() throws IOException {
        assertThat(new BearerToken("", Optional.of(file("-----BEGIN KEY-----\nS3CR3T\n"))).value())
                .isEmpty();
    }

    @Test
    void namesTheFileAndNotWhatIsInItWhereAClientIsMade() throws IOException {
        Path file = file("-----BEGIN KEY-----\nS3CR3T\n");
        ApiAccess access = new ApiAccess(
                Optional.of("https://127.0.0.1:1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        try (var client = ApiClient.of(access, 1_000)) {
            assertThatThrownBy(() ->
                            client.getConfiguration().getOauthTokenProvider().getToken())
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("the file " + file + " does not hold a token: a single line without blanks");
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("token"), text);
    }
}
