package dev.andon.console;

import dev.andon.decide.Settings;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.Input;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.http.EventHub;
import dev.andon.http.HttpApi;
import dev.andon.http.Inbox;
import dev.andon.http.Readiness;
import dev.andon.http.view.FleetView;
import dev.andon.recording.Replay;
import dev.andon.service.config.HttpConfig;
import dev.andon.service.config.Secret;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The real HTTP server over contents that a test knows: a scenario that was decided before, played as far as the test likes. */
final class Stage implements AutoCloseable, Inbox, Readiness {
    static final String TOKEN = "operator-token-of-the-stage";

    final FleetView view = new FleetView();
    final EventHub events = new EventHub();
    final StageClock clock = new StageClock();
    /** Told by the server that is opened next. */
    volatile Mode mode = Mode.ENFORCE;

    volatile Optional<String> notReady = Optional.empty();
    private final Queue<Happening> script = new ArrayDeque<>();
    private HttpApi server;

    private record Happening(Instant time, Runnable effect) {}

    private Stage(int port) {
        server = open(port);
    }

    /** A stage on which nothing has happened. */
    static Stage empty() {
        return new Stage(0);
    }

    /** A stage on which a scenario will happen. */
    static Stage of(Scenarios scenario, Pace pace) {
        return of(scenario, pace, 0);
    }

    /** @param port 0 for any free one */
    static Stage of(Scenarios scenario, Pace pace, int port) {
        Recorded recorded = ScenarioPlayer.play(scenario.create(Scenarios.Options.of(42, pace)));
        Replay.Result decided = Replay.run(recorded.inputs(), Settings.DEFAULT);
        Stage stage = new Stage(port);
        List<Happening> all = new ArrayList<>();
        for (Input input : recorded.inputs()) all.add(new Happening(input.time(), () -> stage.tell(input)));
        for (ChangePoint change : decided.changePoints()) {
            all.add(new Happening(change.time(), () -> stage.tell(change)));
        }
        for (Signal signal : decided.signals()) all.add(new Happening(signal.time(), () -> stage.tell(signal)));
        all.sort(Comparator.comparing(Happening::time));
        stage.script.addAll(all);
        stage.clock.now = all.get(0).time();
        return stage;
    }

    /** Lets happen what happens within so long. */
    void play(Duration time) {
        Instant until = clock.now.plus(time);
        for (Happening next = script.peek(); next != null && !next.time().isAfter(until); next = script.peek()) {
            clock.now = next.time();
            next.effect().run();
            script.remove();
        }
        clock.now = until;
    }

    /** Lets happen what happens until somebody is halted, and a little more. */
    Signal playUntilHalt() {
        while (!script.isEmpty()) {
            play(Duration.ofSeconds(1));
            Optional<Signal> halt = view.now().signals().stream()
                    .filter(signal -> signal.action() == dev.andon.domain.Action.HALT)
                    .findFirst();
            if (halt.isPresent()) return halt.get();
        }
        throw new IllegalStateException("nobody was halted in this scenario");
    }

    void tell(Input input) {
        view.accept(input);
        if (input instanceof RolloutEvent event) events.publish(event);
    }

    void tell(ChangePoint change) {
        view.accept(change);
        events.publish(change);
    }

    void tell(Signal signal) {
        view.accept(signal);
        events.publish(signal);
    }

    void tell(Delivery delivery) {
        view.accept(delivery);
        events.publish(delivery);
    }

    String url() {
        return server.url();
    }

    /** The detector goes away, and comes back at the same address. */
    void restart(Runnable meanwhile) {
        int port = server.port();
        server.close();
        meanwhile.run();
        server = open(port);
    }

    private HttpApi open(int port) {
        return HttpApi.start(
                new HttpConfig("127.0.0.1", port, List.of(new HttpConfig.Token("operator", new Secret(TOKEN)))),
                new HttpApi.Parts(view, events, this, this, () -> "", mode, clock));
    }

    @Override
    public void rollouts(List<RolloutEvent> posted) {
        posted.forEach(this::tell);
    }

    @Override
    public void override(OperatorOverride override) {
        view.accept(override);
        events.publish(override);
    }

    @Override
    public Optional<String> fatal() {
        return Optional.empty();
    }

    @Override
    public Optional<String> notReady() {
        return notReady;
    }

    @Override
    public Instant currentAsOf() {
        return clock.now;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Stands still until it is moved. */
    static final class StageClock extends Clock {
        volatile Instant now = Instant.parse("2026-01-14T22:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the stage has one time");
        }
    }
}
