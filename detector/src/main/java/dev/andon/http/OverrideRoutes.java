package dev.andon.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RejectReason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code POST /v1/overrides}: an operator's word, which outranks the detector's until it expires. */
final class OverrideRoutes {
    /** An override that nobody ends must end by itself. */
    private static final Duration UNLESS_SAID = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(7);

    private final Inbox inbox;
    private final Clock clock;

    OverrideRoutes(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    void register(RoutesConfig routes, Access access) {
        routes.post("/v1/overrides", context -> {
            post(context, access.require(context));
        });
    }

    /** @param caller name of the token: who it is, unless the body says on whose behalf */
    private void post(Context context, String caller) {
        OperatorOverride override = read(Posted.object(context), caller);
        try {
            inbox.override(override);
        } catch (Inbox.NotAccepted e) {
            throw Problem.unavailable(e.getMessage() + "; send the same body again");
        }
        Json.answer(
                context,
                202,
                Json.object()
                        .put("rolloutId", override.rolloutId())
                        .put("decision", override.decision().name())
                        .put("expires", override.expires().toString()));
    }

    private OperatorOverride read(JsonNode body, String caller) {
        try {
            Instant now = clock.instant();
            Instant expires =
                    optional(body, "expires").map(OverrideRoutes::instant).orElse(now.plus(UNLESS_SAID));
            if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
                throw new InvalidInput(
                        RejectReason.OUT_OF_RANGE,
                        "expires must lie between now and " + LONGEST.toDays() + " days from now but was " + expires);
            }
            return new OperatorOverride(
                    now,
                    required(body, "rolloutId"),
                    optional(body, "cluster"),
                    decision(required(body, "decision")),
                    optional(body, "actor")
                            .map(actor -> actor + " (" + caller + ")")
                            .orElse(caller),
                    required(body, "reason"),
                    expires);
        } catch (InvalidInput e) {
            throw Problem.badRequest("invalid-override", String.valueOf(e.getMessage()));
        }
    }

    private static OperatorOverride.Decision decision(String name) {
        for (OperatorOverride.Decision decision : OperatorOverride.Decision.values()) {
            if (decision.name().equals(name)) return decision;
        }
        throw new InvalidInput(RejectReason.OUT_OF_RANGE, "decision must be ALLOW or HALT but was \"" + name + "\"");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput(
                    RejectReason.UNREADABLE,
                    "expires must be an instant such as 2026-01-01T00:00:00Z but was \"" + text + "\"");
        }
    }

    private static String required(JsonNode body, String field) {
        return optional(body, field)
                .orElseThrow(() -> new InvalidInput(RejectReason.MISSING_FIELD, field + " is required but absent"));
    }

    private static Optional<String> optional(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) return Optional.empty();
        if (!value.isTextual()) {
            throw new InvalidInput(RejectReason.UNREADABLE, field + " must be a string but was " + value);
        }
        return Optional.of(value.textValue());
    }
}
