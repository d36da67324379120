package dev.andon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code andon override}: an operator's word, which outranks the detector's until it expires. */
@Command(
        name = "override",
        description = "Allows or halts a rollout by hand, for a while.",
        footer = {
            "Examples:",
            "  ANDON_TOKEN=... andon override allow web-42 --reason 'known blip, see INC-7'",
            "  andon override halt web-42 --token-file ~/.andon-token --reason 'pages the wrong team' --for 2h"
        })
final class OverrideCommand implements Callable<Integer> {
    private static final String TOKEN_VARIABLE = "ANDON_TOKEN";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What is to become of the rollout. */
    enum Decision {
        ALLOW,
        HALT
    }

    @Parameters(
            index = "0",
            paramLabel = "allow|halt",
            description = "Let it go on, or stop it, whatever the evidence.")
    private Decision decision = Decision.HALT;

    @Parameters(index = "1", paramLabel = "ROLLOUT", description = "The rolloutId.")
    private String rolloutId = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; shown in signals and in the audit.")
    private String reason = "";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only in this cluster (default: everywhere).")
    private @Nullable String cluster;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = RecordCommand.DurationConverter.class,
            description = "How long it holds, e.g. 30m, at most 168h (default: 1h).")
    private @Nullable Duration time;

    @Option(names = "--actor", paramLabel = "NAME", description = "On whose behalf (default: the name of the token).")
    private @Nullable String actor;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File that holds the token (default: the variable " + TOKEN_VARIABLE + ").")
    private @Nullable Path tokenFile;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Override
    public Integer call() {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("rolloutId", rolloutId).put("decision", decision.name()).put("reason", reason);
        if (cluster != null) body.put("cluster", cluster);
        if (actor != null) body.put("actor", actor);
        if (time != null) {
            body.put("expires", Clock.systemUTC().instant().plus(time).toString());
        }
        JsonNode answer = new ApiClient(url).post("/v1/overrides", token(), body);
        PrintWriter out = spec.commandLine().getOut();
        out.println(rolloutId + ": " + decision.name().toLowerCase(Locale.ROOT) + " until "
                + answer.path("expires").asText());
        out.flush();
        return ExitCode.DONE;
    }

    private String token() {
        if (tokenFile != null) {
            try {
                return Files.readString(tokenFile).trim();
            } catch (IOException e) {
                throw CommandException.badInput("the token file " + tokenFile + " cannot be read: " + e, e);
            }
        }
        return Optional.ofNullable(System.getenv(TOKEN_VARIABLE))
                .map(String::trim)
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> CommandException.badInput(
                        "no token: set " + TOKEN_VARIABLE + " or give --token-file; one of http.tokens is needed"));
    }
}
