package dev.andon.connect.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.connect.common.Lever;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Payload;
import dev.andon.connect.spinnaker.SpinnakerSinkConfig.Stop;
import java.util.regex.Pattern;

/**
 * One execution of a pipeline. Who paused it stands in the execution itself, so that a CLEAR lets go what Andon has paused
 * and nothing else, whoever carries it out and however often the worker was restarted in between.
 */
final class Execution implements Lever {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_REASON = 200;

    private final String id;
    private final Stop by;
    private final Gate gate;

    /** @throws IllegalArgumentException when the id is none that Spinnaker gives: it must not become part of a path */
    Execution(String id, Stop by, Gate gate) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("\"" + Payload.text(id.replaceAll("[^\\x20-\\x7E]", "?"), 100)
                    + "\" is no id of a pipeline execution");
        }
        this.id = id;
        this.by = by;
        this.gate = gate;
    }

    @Override
    public String name() {
        return "pipeline execution " + id;
    }

    @Override
    public Look look() {
        Gate.Read read = gate.execution(id);
        String status = read.body().path("status").asText();
        return new Look(read.outcome(), stage(status), saying(status));
    }

    /** Spinnaker's own list of states; one that is added later counts as moving, which is the safe side. */
    private Stage stage(String status) {
        return switch (status) {
            case "CANCELED", "TERMINAL", "STOPPED" -> Stage.STANDS;
            case "SUCCEEDED", "FAILED_CONTINUE", "SKIPPED" -> Stage.OVER;
            case "PAUSED", "SUSPENDED" -> by == Stop.PAUSE ? Stage.STANDS : Stage.MOVES;
            // Only what runs can be paused.
            case "NOT_STARTED", "BUFFERED" -> by == Stop.PAUSE ? Stage.WAITS : Stage.MOVES;
            default -> Stage.MOVES;
        };
    }

    private String saying(String status) {
        return switch (status) {
            case "SUCCEEDED", "FAILED_CONTINUE", "SKIPPED" ->
                name() + " ended as " + status + " before it could be stopped: what it deployed must be halted or"
                        + " rolled back elsewhere";
            case "NOT_STARTED", "BUFFERED" -> name() + " has not begun; it is paused as soon as it has";
            default -> name() + " is " + status;
        };
    }

    @Override
    public Outcome stop(String signalId) {
        return by == Stop.PAUSE
                ? gate.pause(id)
                : gate.cancel(id, Payload.text("Andon: HALT, signal " + signalId, LONGEST_REASON));
    }

    @Override
    public Outcome release() {
        Gate.Read read = gate.execution(id);
        if (read.outcome().httpStatus().orElse(0) == 404) {
            return Outcome.unconcerned(name() + " is gone");
        }
        if (read.outcome().kind() != Kind.DELIVERED) {
            return read.outcome();
        }
        String status = read.body().path("status").asText();
        if (!status.equals("PAUSED")) {
            return Outcome.unconcerned(name() + " is " + status + ", not paused");
        }
        Gate.Read user = gate.user();
        return user.outcome().kind() == Kind.DELIVERED
                ? resume(read.body().path("paused"), Gate.name(user.body()))
                : user.outcome();
    }

    private Outcome resume(JsonNode paused, String us) {
        String by = paused.path("pausedBy").asText("");
        return by.equals(us) ? gate.resume(id) : Outcome.unconcerned(name() + " was paused by somebody else");
    }
}
