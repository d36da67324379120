package dev.andon.connect.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Errand;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Pace;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Sender;
import dev.andon.connect.common.Wording;
import dev.andon.schema.Candidate;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Posts one message per signal: a plain text that notifications show, and the same as blocks with more about it. */
final class SlackSender implements Sender {
    /** Slack refuses a section of more than 3000 characters. */
    private static final int LONGEST_SECTION = 2_900;

    private static final int MOST_CANDIDATES = 5;

    private final SlackSinkConfig config;
    private final HttpTransport transport;

    SlackSender(SlackSinkConfig config, HttpTransport transport) {
        this.config = config;
        this.transport = transport;
    }

    @Override
    public String target() {
        return HttpTransport.origin(config.webhook());
    }

    @Override
    public Pace pace() {
        return new Pace(config.messagesPerMinute(), Duration.ofMinutes(1));
    }

    @Override
    public String plan(Signal signal) {
        return "post a message about the " + signal.getAction() + " of " + Wording.subject(signal);
    }

    @Override
    public Errand errand(Signal signal) {
        byte[] body = Json.bytes(message(signal));
        return now -> transport.post(config.webhook(), Map.of("Content-Type", "application/json"), body);
    }

    private static ObjectNode message(Signal signal) {
        String observed = signal.getMode() == Mode.ENFORCE ? "" : "[observe mode] ";
        String headline = Payload.text(escaped(observed + Wording.headline(signal)), LONGEST_SECTION);
        ObjectNode message = Json.object();
        message.put("text", headline);
        ArrayNode blocks = message.putArray("blocks");
        text(blocks.addObject().put("type", "section").putObject("text"), icon(signal) + " " + headline);
        String more = more(signal);
        if (!more.isEmpty()) {
            text(blocks.addObject().put("type", "section").putObject("text"), Payload.text(more, LONGEST_SECTION));
        }
        text(
                blocks.addObject().put("type", "context").putArray("elements").addObject(),
                Payload.text("signal " + escaped(signal.getSignalId()) + " at " + signal.getTime(), LONGEST_SECTION));
        return message;
    }

    private static void text(ObjectNode node, String text) {
        node.put("type", "mrkdwn").put("text", text);
    }

    private static String more(Signal signal) {
        String exposure = Wording.exposure(signal);
        String candidates = signal.getCandidates().stream()
                .limit(MOST_CANDIDATES)
                .map(SlackSender::candidate)
                .collect(Collectors.joining("\n"));
        int left = signal.getCandidates().size() - MOST_CANDIDATES;
        return (exposure.isEmpty() ? "" : "Exposure: " + exposure + "\n")
                + (candidates.isEmpty() ? "" : "Considered:\n" + candidates)
                + (left > 0 ? "\n... (cut) " + left + " more" : "");
    }

    private static String candidate(Candidate candidate) {
        String why = candidate.getWhy() == null ? "" : ", " + escaped(candidate.getWhy());
        String verdict = candidate.getExonerated() ? "ruled out" : Math.round(candidate.getProbability() * 100) + " %";
        return "• " + escaped(candidate.getRolloutId()) + ": " + verdict + why;
    }

    /** The three characters that mean something to Slack; without this a rollout's name could mention a channel. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String icon(Signal signal) {
        return switch (signal.getAction()) {
            case HALT, ALARM -> ":rotating_light:";
            case HOLD -> ":hourglass:";
            case CLEAR -> ":white_check_mark:";
            case UNKNOWN -> ":grey_question:";
        };
    }
}
