package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;

/** A sink whose receivers answer what the test says, and deliver to nowhere. */
final class ScriptedTask extends SignalSinkTask {
    /** A receiver that accepts unless it was told something else. */
    static final class Receiver implements Sender {
        final List<String> attempts = new CopyOnWriteArrayList<>();
        private final Queue<Supplier<Outcome>> answers = new ArrayDeque<>();
        private final String name;
        Pace pace = Pace.UNLIMITED;
        boolean wantsStarts;

        Receiver(String name) {
            this.name = name;
        }

        Receiver answer(Outcome... outcomes) {
            for (Outcome outcome : outcomes) {
                answers.add(() -> outcome);
            }
            return this;
        }

        Receiver answer(Supplier<Outcome> outcome) {
            answers.add(outcome);
            return this;
        }

        Queue<Supplier<Outcome>> answers() {
            return answers;
        }

        @Override
        public String target() {
            return "https://" + name + ".example.com";
        }

        @Override
        public Errand errand(Signal signal) {
            return now -> attempt(signal.getSignalId());
        }

        private Outcome attempt(String what) {
            attempts.add(what);
            Supplier<Outcome> answer = answers.poll();
            return answer == null ? status(200) : answer.get();
        }

        @Override
        public Optional<Errand> started(RolloutEvent rollout) {
            return wantsStarts ? Optional.of(now -> attempt("start " + rollout.getRolloutId())) : Optional.empty();
        }

        @Override
        public String plan(Signal signal) {
            return "tell " + name + " of " + signal.getSignalId();
        }

        @Override
        public Pace pace() {
            return pace;
        }
    }

    private final List<Receiver> receivers;

    ScriptedTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog, Receiver... receivers) {
        super(clock, openLog);
        this.receivers = List.of(receivers);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        ConfigDef options = SinkOptions.addTo(new ConfigDef());
        return new Opened(SinkOptions.settings(SinkOptions.parse(options, props)), receivers, () -> {});
    }

    static Outcome status(int status) {
        return Outcome.ofStatus(status, java.time.Duration.ZERO, Optional.empty());
    }

    static Outcome status(int status, java.time.Duration retryAfter) {
        return Outcome.ofStatus(status, java.time.Duration.ZERO, Optional.of(retryAfter));
    }

    static Instant at(int seconds) {
        return Signals.TIME.plusSeconds(seconds);
    }
}
