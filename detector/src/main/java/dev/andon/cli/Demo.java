package dev.andon.cli;

import dev.andon.http.HttpInterface;
import dev.andon.http.view.Fleet;
import dev.andon.http.view.RolloutView;
import dev.andon.recording.RecordingReader;
import dev.andon.recording.RecordingWriter;
import dev.andon.service.AndonService;
import dev.andon.service.Health;
import dev.andon.service.StreamsApplication;
import dev.andon.service.config.AndonConfig;
import dev.andon.simulate.FleetStatus;
import dev.andon.simulate.Pace;
import dev.andon.simulate.RolloutPoster;
import dev.andon.simulate.Scenario;
import dev.andon.simulate.Scenarios;
import dev.andon.simulate.SimulatedFleet;
import dev.andon.simulate.SimulationClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything of the demo in one process: simulated clusters that serve real pages, the real service with the real connectors, and
 * a CD system that posts its rollouts and obeys the signals it is sent.
 */
final class Demo implements AutoCloseable {
    private static final int SECRET_BYTES = 32;
    private static final Duration CALM = Duration.ofSeconds(6);

    private final Options options;
    private final SimulatedFleet simulation;
    private final AndonService service;
    private final HttpInterface http;
    private final RolloutPoster poster;
    /** Shown on the screen, good for this demo only: whoever watches may override. */
    private final String operatorToken;

    private final Clock clock;
    private SimulationClock time;
    private @Nullable Instant settledSince;

    /**
     * What is to be shown.
     *
     * @param speed simulated seconds per second
     * @param andon whether Andon is switched on
     * @param port of the HTTP interface, 0 for any free one
     * @param data directory of the broker
     */
    record Options(Scenarios scenario, long seed, double speed, boolean andon, int port, Path data) {}

    private Demo(
            Options options,
            SimulatedFleet simulation,
            AndonService service,
            HttpInterface http,
            RolloutPoster poster,
            String operatorToken,
            Clock clock) {
        this.options = options;
        this.simulation = simulation;
        this.service = service;
        this.http = http;
        this.poster = poster;
        this.operatorToken = operatorToken;
        this.clock = clock;
        this.time = SimulationClock.startingNow(clock, options.speed());
    }

    /**
     * Starts everything but the scenario.
     *
     * @param detector makes the detector; not used when Andon is switched off
     * @param problems one sentence per rollout event that was not taken
     */
    static Demo start(
            Options options,
            StreamsApplication.Factory detector,
            Optional<Path> plugins,
            Clock clock,
            Consumer<String> problems) {
        String token = secret();
        String operatorToken = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        String signing = "whsec_" + secret();
        AtomicReference<@Nullable RolloutPoster> poster = new AtomicReference<>();
        AtomicReference<@Nullable HttpInterface> http = new AtomicReference<>();
        SimulatedFleet simulation = simulation(options, clock, signing, poster);
        try {
            AndonConfig config = new DemoConfig(
                            options.data(), options.port(), token, operatorToken, signing, options.andon())
                    .of(simulation, simulation.clusters(SimulationClock.startingNow(clock, options.speed())));
            AndonService.Http open = service -> {
                HttpInterface opened = HttpInterface.open(service, clock);
                http.set(opened);
                return opened;
            };
            AndonService service = AndonService.start(
                    config, new AndonService.Parts(options.andon() ? detector : Idle.FACTORY, open, plugins, clock));
            HttpInterface opened = Objects.requireNonNull(http.get());
            RolloutPoster posting = new RolloutPoster(URI.create(opened.url() + "/v1/rollouts"), token, problems);
            poster.set(posting);
            return new Demo(options, simulation, service, opened, posting, operatorToken, clock);
        } catch (RuntimeException | Error e) {
            simulation.close();
            throw e;
        }
    }

    private static SimulatedFleet simulation(
            Options options, Clock clock, String signing, AtomicReference<@Nullable RolloutPoster> poster) {
        Scenario scenario = options.scenario().create(Scenarios.Options.of(options.seed(), Pace.DEMO));
        try {
            return SimulatedFleet.open(scenario, clock, signing, options.andon(), event -> {
                RolloutPoster posting = poster.get();
                if (posting != null) posting.accept(event);
            });
        } catch (IOException e) {
            throw CommandException.failed("the simulated clusters found no free port: " + e.getMessage(), e);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns why the scenario cannot begin yet; empty when everything is at work. */
    Optional<String> waitingFor() {
        Health health = service.health();
        if (!health.live()) throw CommandException.failed("a part of the demo has failed: " + parts(health));
        if (!health.ready()) return Optional.of(parts(health));
        return http.current() ? Optional.empty() : Optional.of("the view of the topics");
    }

    private static String parts(Health health) {
        List<String> parts = new ArrayList<>();
        for (Health.Component component : health.components()) {
            if (component.status() == Health.Status.UP) continue;
            parts.add(component.name()
                    + component.reason().map(r -> " (" + r + ")").orElse(""));
        }
        return String.join(", ", parts);
    }

    /** Lets the scenario begin. */
    void begin() {
        time = SimulationClock.startingNow(clock, options.speed());
        simulation.begin(time);
    }

    DemoFrame frame() {
        return new DemoFrame(
                title(),
                "console " + http.url() + "   kafka " + service.bootstrapServers() + "   token " + operatorToken,
                time.begin(),
                Duration.between(time.begin(), clock.instant()),
                time.lasting(simulation.status().length()),
                http.view().now(),
                simulation.status());
    }

    private String title() {
        return "andon demo: " + options.scenario().label() + ", seed " + options.seed()
                + (options.speed() == 1 ? "" : ", speed " + options.speed())
                + (options.andon() ? "" : ", ANDON SWITCHED OFF");
    }

    /** Returns whether the scenario is over, or nothing is left that could happen for some seconds. */
    boolean over(DemoFrame frame) {
        if (frame.elapsed().compareTo(frame.length()) >= 0) return true;
        if (!options.andon() || !settled(frame)) {
            settledSince = null;
            return false;
        }
        Instant now = clock.instant();
        if (settledSince == null) settledSince = now;
        return !now.isBefore(settledSince.plus(CALM));
    }

    /** Every rollout has come to its end, and no cluster is hurt by one. */
    private static boolean settled(DemoFrame frame) {
        boolean ended = frame.status().rollouts().stream().allMatch(r -> r.completed() || r.halted());
        Fleet fleet = frame.fleet();
        boolean calm = fleet.clusters().stream().noneMatch(cluster -> cluster.hurt())
                && fleet.rollouts().stream().map(RolloutView::standing).allMatch(Optional::isEmpty);
        return ended && calm;
    }

    DemoOutcome outcome() {
        FleetStatus status = simulation.status();
        return DemoOutcome.of(
                options.scenario().label(),
                options.seed(),
                options.andon(),
                status,
                simulation.truth(),
                http.view().now());
    }

    /** Writes what went through the topics, and the settings with which it was decided. */
    void record(Path folder) {
        try (RecordingWriter writer = RecordingWriter.create(folder);
                TopicRecorder recorder = TopicRecorder.open(
                        service.bootstrapServers(),
                        service.clients(),
                        service.config().kafka().topics(),
                        true)) {
            recorder.copyToEnd(writer);
            Files.writeString(folder.resolve(RecordingReader.SETTINGS), DemoConfig.DETECTION + "\n");
        } catch (IOException e) {
            throw CommandException.failed("the recording cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        poster.close();
        service.close();
        simulation.close();
    }

    /** The detector when there is none: the demo without Andon. */
    private static final class Idle implements StreamsApplication {
        static final Factory FACTORY = context -> new Idle();

        @Override
        public void start() {}

        @Override
        public State state() {
            return new State(Phase.RUNNING, "switched off");
        }

        @Override
        public void close(Duration limit) {}
    }
}
