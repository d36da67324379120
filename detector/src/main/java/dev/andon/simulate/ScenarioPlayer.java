package dev.andon.simulate;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Plays a scenario without Andon, as fast as the machine can: the rollouts run to their ends and whatever breaks stays
 * broken. Pure but for the consumer; about 1 µs per sample and bucket that is hit.
 */
public final class ScenarioPlayer {
    /** Ticks per interval: queues are only faithful when ticks are short, and targets are scraped at phases of their own. */
    private static final int LEAST_TICKS = 4;

    private static final long LONGEST_TICK_MILLIS = 5_000;

    private final Scenario scenario;
    private final Consumer<Input> consumer;
    private final CdSystem cd;
    private final TruthKeeper truth;
    private final int ticksPerInterval;
    private final Map<String, Watched> clusters = new LinkedHashMap<>();

    /** One cluster, its state, and the collector that reads it. */
    private static final class Watched {
        private final SimulatedCluster cluster;
        private final Scraper scraper;
        private SimulatedCluster.State state;

        Watched(Scenario scenario, ClusterSpec spec, int ticks) {
            cluster = scenario.simulate(spec);
            boolean byClient = scenario.telemetry() == Scenario.Telemetry.AUDIT;
            scraper = new Scraper(spec, byClient, scenario.start(), new Scraper.Phases(scenario.seed(), ticks));
            state = cluster.start();
        }
    }

    private ScenarioPlayer(Scenario scenario, Consumer<Input> consumer) {
        this.scenario = scenario;
        this.consumer = consumer;
        this.cd = new CdSystem(scenario.rollouts(), scenario.clusters(), CdSystem.Conduct.STOP_ONLY);
        this.truth = new TruthKeeper(scenario);
        long needed = (scenario.interval().toMillis() + LONGEST_TICK_MILLIS - 1) / LONGEST_TICK_MILLIS;
        this.ticksPerInterval = (int) Math.max(LEAST_TICKS, needed);
        scenario.clusters().forEach(spec -> clusters.put(spec.name(), new Watched(scenario, spec, ticksPerInterval)));
    }

    /** @return everything that a detector may read, in order of time, and the truth */
    public static Recorded play(Scenario scenario) {
        List<Input> inputs = new ArrayList<>();
        Truth truth = play(scenario, inputs::add);
        return new Recorded(inputs, truth);
    }

    /** Gives every input to the consumer, in order of time. */
    public static Truth play(Scenario scenario, Consumer<Input> consumer) {
        return new ScenarioPlayer(scenario, consumer).run();
    }

    private Truth run() {
        for (ClusterSpec spec : scenario.clusters()) consumer.accept(info(spec));
        long intervalMillis = scenario.interval().toMillis();
        long ticks = ticksPerInterval;
        long intervals = scenario.length().toMillis() / intervalMillis;
        CdSystem.State rollouts = CdSystem.State.EMPTY;
        for (long i = 0; i < intervals * ticks; i++) {
            Duration from = Duration.ofMillis(i * intervalMillis / ticks);
            Duration to = Duration.ofMillis((i + 1) * intervalMillis / ticks);
            Instant stamp = scenario.start().plus(from);
            CdSystem.Step step = cd.step(rollouts, from, to.minus(from), stamp);
            rollouts = step.next();
            step.events().forEach(consumer);
            truth.observe(rollouts, stamp);
            tick(rollouts, from, to, (int) (i % ticks));
        }
        return truth.truth();
    }

    private void tick(CdSystem.State rollouts, Duration from, Duration to, int phase) {
        double seconds = to.minus(from).toMillis() / 1e3;
        for (Watched watched : clusters.values()) {
            String name = watched.cluster.spec().name();
            SimulatedCluster.Step step = watched.cluster.step(watched.state, seconds, rollouts.coverage(name));
            watched.state = step.next();
            watched.scraper.count(step.tick());
            truth.observe(name, step.tick().effect(), scenario.start().plus(from));
            watched.scraper
                    .scrape(step.tick(), scenario.start().plus(to), phase)
                    .forEach(consumer);
        }
    }

    private ClusterInfo info(ClusterSpec spec) {
        return new ClusterInfo(
                scenario.start(),
                spec.name(),
                Optional.of("default"),
                Optional.of(spec.environment()),
                OptionalLong.of(spec.nodes()),
                Optional.of(spec.dnsCache()));
    }
}
