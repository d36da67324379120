package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a series keeps whatever its kind: repeats, late samples, gaps, many sources and restarts prove nothing. */
class SeriesContractTest {
    private static final int SOURCES = 3;
    private static final int TICKS = 80;
    private static final int SHIFT_AT = 60;

    private final Series series = new Series(Subject.SETTINGS);

    /** The state after the last sample, every finding on the way, and what was refused. */
    private record Told(SeriesState state, List<Finding> findings, List<RejectReason> refused) {}

    @Property(tries = 50)
    void isNotChangedByRepeats(@ForAll SeriesKind kind, @ForAll long seed) {
        List<Observation> once = samples(kind, seed);
        List<Observation> twice =
                once.stream().flatMap(seen -> List.of(seen, seen).stream()).toList();
        Told told = tell(kind, twice);
        assertThat(told.state()).isEqualTo(tell(kind, once).state());
        assertThat(told.refused()).hasSameSizeAs(once).containsOnly(RejectReason.DUPLICATE);
    }

    @Property(tries = 50)
    void isNotChangedByWhatWasJudged(@ForAll SeriesKind kind, @ForAll long seed) {
        List<Observation> samples = samples(kind, seed);
        SeriesState state = series.close(tell(kind, samples).state());
        for (Observation old : samples) {
            Series.Absorbed again = series.absorb(state, old);
            assertThat(again.next()).isEqualTo(state);
            assertThat(again.refused()).contains(RejectReason.TOO_LATE);
        }
    }

    @Property(tries = 50)
    void isNotChangedByTheOrderOfSources(@ForAll SeriesKind kind, @ForAll long seed) {
        List<Observation> samples = samples(kind, seed);
        List<Observation> shuffled = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < samples.size(); i += SOURCES) {
            List<Observation> tick = new ArrayList<>(samples.subList(i, i + SOURCES));
            Collections.shuffle(tick, random);
            shuffled.addAll(tick);
        }
        assertThat(tell(kind, shuffled).findings())
                .isEqualTo(tell(kind, samples).findings());
    }

    @Property(tries = 20)
    void replaysWhatItSaidLive(@ForAll SeriesKind kind, @ForAll long seed) {
        List<Observation> samples = samples(kind, seed);
        Told restarted = tell(kind, samples, DetectorContract::stored);
        assertThat(restarted).isEqualTo(tell(kind, samples));
    }

    @Property(tries = 50)
    void findsWhatIsWorse(@ForAll SeriesKind kind, @ForAll @IntRange(max = 1_000) int seed) {
        Finding last = series.close(tell(kind, samples(kind, seed)).state()).finding();
        assertThat(last.evidence()).isGreaterThan(Subject.SETTINGS.evidenceNeeded());
        assertThat(last.change().orElseThrow().matters()).isTrue();
        assertThat(last.sources()).isEqualTo(SOURCES);
    }

    @Property(tries = 20)
    void neverAlarmsOnWhatIsConstantHoweverItIsSampled(
            @ForAll SeriesKind kind, @ForAll @IntRange(min = 1, max = 60) int seconds, @ForAll long seed) {
        Random random = new Random(seed);
        Duration interval = Duration.ofSeconds(seconds);
        List<Observation> samples = new ArrayList<>();
        Instant time = Ticks.T0;
        for (int i = 0; i < 400; i++) {
            time = time.plus(interval.multipliedBy(random.nextInt(20) == 0 ? 1 + random.nextInt(50) : 1));
            for (int source = 0; source < SOURCES; source++) {
                // Now and then a source says nothing, or the sample of another moment comes once more.
                if (random.nextInt(10) > 0) samples.add(constant(kind, time, interval, "s" + source));
                if (!samples.isEmpty() && random.nextInt(10) == 0)
                    samples.add(samples.get(random.nextInt(samples.size())));
            }
        }
        assertThat(tell(kind, samples).findings()).allMatch(finding -> finding.evidence() == 0);
    }

    @Property(tries = 20)
    void forgetsNoSampleForItsClient(@ForAll @IntRange(min = 2, max = 5) int clients, @ForAll long seed) {
        List<Observation> whole = samples(SeriesKind.ERRORS, seed);
        List<Observation> parts = whole.stream()
                .flatMap(seen -> java.util.stream.IntStream.range(0, clients).mapToObj(i -> part(seen, i, clients)))
                .toList();
        assertThat(tell(SeriesKind.ERRORS, parts).findings())
                .isEqualTo(tell(SeriesKind.ERRORS, whole).findings());
    }

    /** The first client gets what cannot be divided. */
    private static Observation part(Observation seen, int client, int clients) {
        double sum = Math.floor(seen.sum() / clients);
        double weight = Math.floor(seen.weight() / clients);
        return new Observation(
                seen.time(),
                seen.interval(),
                seen.source(),
                "client-" + client,
                client == 0 ? seen.sum() - (clients - 1) * sum : sum,
                client == 0 ? seen.weight() - (clients - 1) * weight : weight);
    }

    private Told tell(SeriesKind kind, List<Observation> samples) {
        return tell(kind, samples, UnaryOperator.identity());
    }

    private Told tell(SeriesKind kind, List<Observation> samples, UnaryOperator<SeriesState> between) {
        SeriesState state = SeriesState.unknown(kind, kind.unit());
        List<Finding> findings = new ArrayList<>();
        List<RejectReason> refused = new ArrayList<>();
        for (Observation seen : samples) {
            Series.Absorbed absorbed = series.absorb(between.apply(state), seen);
            Optional<Instant> judged = state.judgedUntil();
            state = absorbed.next();
            absorbed.refused().ifPresent(refused::add);
            if (!judged.equals(state.judgedUntil())) findings.add(state.finding());
        }
        return new Told(state, findings, refused);
    }

    /** Three sources that agree but for noise, and get worse together. */
    private static List<Observation> samples(SeriesKind kind, long seed) {
        Random random = new Random(seed);
        List<Observation> samples = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            for (int source = 0; source < SOURCES; source++) {
                samples.add(sample(kind, random, tick, "s" + source));
            }
        }
        return samples;
    }

    private static Observation sample(SeriesKind kind, Random random, int tick, String source) {
        boolean worse = tick >= SHIFT_AT;
        double noise = random.nextGaussian();
        double sum =
                switch (kind) {
                    case LATENCY -> 50 * Math.exp(Math.log(worse ? 0.1 : 0.02) + 0.1 * noise);
                    case ERRORS, SLOW -> worse ? 60 + Math.rint(3 * noise) : random.nextInt(4);
                    case NUMBER_HIGHER -> (worse ? 200 : 100) + 3 * noise;
                    case NUMBER_LOWER, NUMBER_EITHER -> (worse ? 30 : 100) + 3 * noise;
                };
        return new Observation(Ticks.at(tick), Ticks.INTERVAL, source, "", sum, weight(kind));
    }

    private static Observation constant(SeriesKind kind, Instant time, Duration interval, String source) {
        double sum =
                switch (kind) {
                    case LATENCY -> 1;
                    case ERRORS, SLOW -> 5;
                    case NUMBER_HIGHER, NUMBER_LOWER, NUMBER_EITHER -> 100;
                };
        return new Observation(time, interval, source, "", sum, weight(kind));
    }

    private static double weight(SeriesKind kind) {
        return switch (kind) {
            case LATENCY -> 50;
            case ERRORS, SLOW -> 500;
            case NUMBER_HIGHER, NUMBER_LOWER, NUMBER_EITHER -> 1;
        };
    }
}
