package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Reason;
import dev.andon.schema.Controller;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Halts what one CD system spreads, by the reference that its rollout events carry. Rollouts of other controllers are none
 * of its business; a reference that the system could not have given is refused.
 */
public final class LeverSender implements Sender {
    private static final Duration LOOK_FOR_NEWS = Duration.ofSeconds(5);

    /**
     * The system.
     *
     * @param controllerType how rollout events call it
     * @param target where it is, fit to be shown
     * @param ping asks it for something harmless
     * @param levers the lever of a reference; throws IllegalArgumentException saying what is wrong with the reference
     */
    public record CdSystem(
            String controllerType, String target, Supplier<Outcome> ping, Function<String, Lever> levers) {}

    private final CdSystem system;
    private final RolloutDirectory directory;
    private final HaltOptions options;

    public LeverSender(CdSystem system, RolloutDirectory directory, HaltOptions options) {
        this.system = system;
        this.directory = directory;
        this.options = options;
    }

    @Override
    public String target() {
        return system.target();
    }

    @Override
    public Optional<Outcome> check(Instant now) {
        return Optional.of(system.ping().get());
    }

    @Override
    public String plan(Signal signal) {
        return switch (signal.getAction()) {
            case HALT -> "stop " + shown(signal);
            case CLEAR -> "give back " + shown(signal);
            case HOLD, ALARM, UNKNOWN -> "nothing: a " + signal.getAction() + " stops nothing";
        };
    }

    private String shown(Signal signal) {
        String names =
                references(rollout(signal)).stream().map(this::named).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing, the rollout is not known to be of " + system.controllerType() : names;
    }

    private String named(String reference) {
        try {
            return system.levers().apply(reference).name();
        } catch (IllegalArgumentException e) {
            return "nothing, because " + e.getMessage();
        }
    }

    @Override
    public Errand errand(Signal signal) {
        String rolloutId = rollout(signal);
        return switch (signal.getAction()) {
            case HALT -> new Pulls(signal.getSignalId(), rolloutId);
            case CLEAR -> now -> release(rolloutId);
            case HOLD, ALARM, UNKNOWN ->
                now -> Outcome.unconcerned("a " + signal.getAction() + " stops nothing in a CD system");
        };
    }

    private static String rollout(Signal signal) {
        return Objects.requireNonNullElse(signal.getRolloutId(), "");
    }

    /** What the system calls the rollout; usually one thing, in however many clusters it is. */
    private List<String> references(String rolloutId) {
        return directory.of(rolloutId).stream()
                .map(RolloutEvent::getController)
                .filter(Objects::nonNull)
                .filter(controller -> controller.getType().equals(system.controllerType()))
                .map(LeverSender::reference)
                .distinct()
                .toList();
    }

    private static String reference(Controller controller) {
        return Objects.requireNonNullElse(controller.getReference(), "");
    }

    private Optional<Outcome> unknown(String rolloutId) {
        return directory.of(rolloutId).isEmpty() ? Optional.of(RolloutOptions.unread(rolloutId)) : Optional.empty();
    }

    private Outcome notOurs() {
        return Outcome.unconcerned("the rollout is not of " + system.controllerType());
    }

    private Outcome release(String rolloutId) {
        List<Outcome> outcomes = new ArrayList<>();
        unknown(rolloutId).ifPresent(outcomes::add);
        for (String reference : references(rolloutId)) {
            try {
                outcomes.add(system.levers().apply(reference).release());
            } catch (IllegalArgumentException e) {
                outcomes.add(Outcome.unconcerned("nothing was stopped: " + e.getMessage()));
            }
        }
        return Together.all(outcomes).orElseGet(this::notOurs);
    }

    /** All levers of one rollout, each at its own stage. */
    private final class Pulls implements Errand {
        private final String signalId;
        private final String rolloutId;
        private final Map<String, Pull> pulls = new HashMap<>();

        Pulls(String signalId, String rolloutId) {
            this.signalId = signalId;
            this.rolloutId = rolloutId;
        }

        @Override
        public Outcome attempt(Instant now) {
            List<Outcome> outcomes = new ArrayList<>();
            unknown(rolloutId).ifPresent(outcomes::add);
            for (String reference : references(rolloutId)) {
                try {
                    outcomes.add(pulls.computeIfAbsent(reference, this::pull).step(now));
                } catch (IllegalArgumentException e) {
                    outcomes.add(Outcome.unsendable(
                            Reason.UNSENDABLE, "rollout " + rolloutId + " cannot be halted: " + e.getMessage()));
                }
            }
            return Together.all(outcomes).orElseGet(() -> notOurs().again(LOOK_FOR_NEWS));
        }

        private Pull pull(String reference) {
            return new Pull(system.levers().apply(reference), signalId, options);
        }
    }
}
