package dev.andon.connect.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.schema.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps one object halted: patches it, reads back until nothing moves, and patches again when somebody undid it. */
final class Halt {
    /** Beyond this somebody works against Andon, and a person must decide. */
    private static final int MOST_PATCHES = 10;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Target target;
    private final ClusterApi api;
    private final String signalId;
    private final String rolloutId;
    private final KubernetesSinkConfig config;
    private int patches;
    private long coverage = -1;
    private @Nullable Instant since;

    Halt(Target target, ClusterApi api, String signalId, String rolloutId, KubernetesSinkConfig config) {
        this.target = target;
        this.api = api;
        this.signalId = signalId;
        this.rolloutId = rolloutId;
        this.config = config;
    }

    Outcome step(Instant now) {
        ClusterApi.Read read = api.read(target);
        if (read.outcome().kind() != Kind.DELIVERED) {
            return read.outcome();
        }
        if (since == null) {
            since = now;
        }
        return target.brake().stopped(read.object()) ? verify(read, since, now) : stop(read.object());
    }

    private Outcome stop(JsonNode object) {
        if (patches >= MOST_PATCHES) {
            return Outcome.unsendable(
                    Reason.NOT_HALTED,
                    target + " was halted " + patches + " times and something undid it each time; stop what reverts it,"
                            + " such as the self-healing of a GitOps controller, and halt it by hand");
        }
        Outcome outcome = patch(object);
        if (outcome.kind() != Kind.DELIVERED) {
            return outcome;
        }
        patches++;
        coverage = -1;
        Outcome told = patches == 1
                ? outcome
                : outcome.means(
                        DeliveryStatus.SENT,
                        "something undid the halt of " + target + "; halted again, " + patches + " times");
        return told.again(LOOK_AGAIN);
    }

    private Outcome patch(JsonNode object) {
        ObjectNode stop = target.brake().stop(object);
        ObjectNode whole = Halted.annotated(stop, object, signalId, rolloutId);
        if (!target.brake().inStatus()) {
            return api.patch(target, "", whole);
        }
        Outcome outcome = api.patch(target, "/status", stop);
        boolean noSubresource = outcome.httpStatus().orElse(0) == 404;
        if (noSubresource) {
            return api.patch(target, "", whole);
        }
        if (outcome.kind() != Kind.DELIVERED) {
            return outcome;
        }
        whole.remove("status");
        whole.withObject("/metadata").remove("resourceVersion"); // it has just changed, by the patch above
        return api.patch(target, "", whole);
    }

    private Outcome verify(ClusterApi.Read read, Instant first, Instant now) {
        long before = coverage;
        coverage = target.brake().coverage(read.object());
        if (target.brake().seen(read.object()) && coverage == before) {
            return read.outcome()
                    .means(DeliveryStatus.VERIFIED, target + " stands still at " + coverage)
                    .again(config.halting().reassert());
        }
        boolean late = Duration.between(first, now).compareTo(config.halting().verifyTimeout()) > 0;
        if (late && before >= 0) {
            return read.outcome()
                    .means(
                            Kind.RETRY,
                            Reason.NOT_HALTED,
                            "not verified: " + target + " is marked as halted, but went from " + before + " to "
                                    + coverage);
        }
        return read.outcome().again(LOOK_AGAIN);
    }
}
