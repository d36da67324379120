package dev.andon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.report.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which rollouts are known to be bad: named by the user, or by the {@code truth.json} beside a simulated recording. */
final class Labels {
    private static final String NONE = "none";

    private Labels() {}

    static Known of(List<String> bad) {
        if (bad.isEmpty()) return Known.NOTHING;
        Set<String> ids = new HashSet<>(bad);
        ids.remove(NONE);
        return new Known(Optional.of(ids), Optional.empty());
    }

    static Known of(List<String> bad, Path recording) {
        Path truth = recording.resolve("truth.json");
        if (!bad.isEmpty() || !Files.isRegularFile(truth)) return of(bad);
        try {
            JsonNode json = new ObjectMapper().readTree(truth.toFile());
            JsonNode guilty = json.path("culprit");
            Set<String> ids = guilty.isTextual() ? Set.of(guilty.asText()) : Set.of();
            JsonNode onset = json.path("onset");
            return new Known(
                    Optional.of(ids),
                    onset.isTextual() ? Optional.of(Instant.parse(onset.asText())) : Optional.empty());
        } catch (IOException | DateTimeException e) {
            throw CommandException.badInput(truth + " cannot be read: " + e.getMessage(), e);
        }
    }
}
