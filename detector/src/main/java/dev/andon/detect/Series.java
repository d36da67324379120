package dev.andon.detect;

import dev.andon.domain.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One series from its samples to a finding: collects the sources of a tick, makes one value of them, and tests it.
 *
 * <p>Several instances of one server make one value, their lower median, so that a single slow one is not the cluster's
 * trouble; counts add up. Samples that come more often than the least tick are summed up. A tick closes when
 * the expected sources have reported and time moves on, when one of them reports again, or half an interval after its end;
 * one with a source that the last tick did not have waits for all others, as there may be more. Pure; one instance serves all series.
 */
public final class Series {
    /** More sources than this per tick only add to the counts of the last one. */
    private static final int MAX_SOURCES = 64;

    /** Evidence of harm, in nats, below which what is asked is usual. */
    private static final double CALM = 2;

    /** How long a change lasts before its level is learnt as one that may stay. */
    private static final Duration SETTLING = Duration.ofMinutes(15);

    private static final int SETTLING_TICKS = 12;

    private final DetectSettings settings;

    public Series(DetectSettings settings) {
        this.settings = settings;
    }

    /** The state to keep, and why the observation was not taken where it was not. */
    public record Absorbed(SeriesState next, Optional<RejectReason> refused) {}

    /** Takes in one observation. A tick that the observation does not belong to is closed first. */
    public Absorbed absorb(SeriesState state, Observation seen) {
        if (state.judgedUntil().isPresent()
                && !seen.time().isAfter(state.judgedUntil().get())) {
            return new Absorbed(state, Optional.of(RejectReason.TOO_LATE));
        }
        if (state.open().isEmpty()) return new Absorbed(withOpen(state, opened(seen)), Optional.empty());
        OpenTick open = state.open().get();
        OptionalInt place = open.placeOf(seen.source());
        if (!open.takes(seen.time(), place.isPresent())) {
            return new Absorbed(withOpen(close(state), opened(seen)), Optional.empty());
        }
        if (place.isEmpty()) return new Absorbed(withOpen(state, joined(open, seen)), Optional.empty());
        OpenTick.Part part = open.sources().get(place.getAsInt());
        if (seen.time().isBefore(part.time())) return new Absorbed(state, Optional.of(RejectReason.TOO_LATE));
        if (seen.time().equals(part.time()) && part.clients().contains(seen.client())) {
            return new Absorbed(state, Optional.of(RejectReason.DUPLICATE));
        }
        return new Absorbed(withOpen(state, merged(open, place.getAsInt(), seen)), Optional.empty());
    }

    /** Closes the open tick, if any, and tests it. */
    public SeriesState close(SeriesState state) {
        if (state.open().isEmpty()) return state;
        OpenTick open = state.open().get();
        int expected = Math.max(
                open.sources().size(),
                (state.sourcesExpected() * 3 + open.sources().size()) / 4);
        SeriesState closed = new SeriesState(
                state.kind(),
                state.unit(),
                Optional.of(open.newest()),
                expected,
                open.sourceBits(),
                Optional.empty(),
                state.level(),
                state.share(),
                state.finding(),
                state.recent(),
                state.demand(),
                state.slowerThan(),
                state.settling());
        return tick(state.kind(), open)
                .map(tick -> tested(closed, tick, open.sources().size()))
                .orElse(closed);
    }

    private SeriesState tested(SeriesState state, Tick tick, int sources) {
        SeriesKind kind = state.kind();
        Regime old = new Regime(state.level(), state.share());
        Regime.Step step = old.step(kind, settings, tick);
        Optional<Regime> settling = lasts(step.finding(), tick)
                ? Optional.of(state.settling().orElseGet(() -> Regime.unknown(kind)))
                : Optional.empty();
        Optional<Regime.Step> settled = settling.map(regime -> regime.step(kind, settings, tick));
        Finding finding = settled.map(Regime.Step::finding)
                .filter(since -> !since.warmingUp())
                .map(since -> since.settledAfter(step.finding()))
                .orElse(step.finding())
                .from(sources);
        Recent past = state.recent();
        if (finding.settled().isPresent() && state.finding().settled().isEmpty()) {
            past = settling.get().past(settled.get().next(), kind, settings, tick);
        } else if (state.finding().warmingUp() && !finding.warmingUp()) {
            past = old.past(step.next(), kind, settings, tick);
        }
        return new SeriesState(
                kind,
                state.unit(),
                state.judgedUntil(),
                state.sourcesExpected(),
                state.sourcesSeen(),
                state.open(),
                step.next().level(),
                step.next().share(),
                finding,
                finding.warmingUp() ? state.recent() : past.with(tick.end(), finding.effect(), Recent.LONG),
                state.demand().map(d -> d.with(tick.end(), tick.weight(), finding.evidence() < CALM)),
                state.slowerThan(),
                settled.map(now -> lasts(now.finding(), tick) ? Regime.unknown(kind) : now.next()));
    }

    /** A change that has lasted for this long may be the new usual. */
    private static boolean lasts(Finding finding, Tick tick) {
        return finding.change()
                .filter(change -> change.samples() >= SETTLING_TICKS)
                .filter(change -> !change.onset().plus(SETTLING).isAfter(tick.end()))
                .isPresent();
    }

    private static Optional<Tick> tick(SeriesKind kind, OpenTick open) {
        double weight = open.weight();
        if (!(weight > 0)) return Optional.empty();
        double value =
                switch (kind) {
                    case ERRORS -> open.sum();
                    case SLOW -> open.lowerMedian() * weight;
                    case LATENCY -> Math.log(Math.max(1e-6, open.lowerMedian()));
                    case NUMBER_HIGHER, NUMBER_LOWER, NUMBER_EITHER -> open.lowerMedian();
                };
        return Optional.of(new Tick(open.time(), open.length(), value, weight));
    }

    private static SeriesState withOpen(SeriesState state, OpenTick open) {
        return new SeriesState(
                state.kind(),
                state.unit(),
                state.judgedUntil(),
                state.sourcesExpected(),
                state.sourcesSeen(),
                Optional.of(open),
                state.level(),
                state.share(),
                state.finding(),
                state.recent(),
                state.demand(),
                state.slowerThan(),
                state.settling());
    }

    private OpenTick opened(Observation seen) {
        Duration length = longer(seen.interval(), settings.leastTick());
        return new OpenTick(seen.time(), seen.time(), length, seen.interval(), List.of(part(seen)));
    }

    private static OpenTick joined(OpenTick open, Observation seen) {
        int size = open.sources().size();
        return size < MAX_SOURCES ? widened(open, seen, size, part(seen)) : merged(open, MAX_SOURCES - 1, seen);
    }

    private static OpenTick merged(OpenTick open, int place, Observation seen) {
        OpenTick.Part into = open.sources().get(place);
        OpenTick.Part sum = new OpenTick.Part(
                into.source(),
                later(into.time(), seen.time()),
                into.sum() + seen.sum(),
                into.weight() + seen.weight(),
                seen.time().isAfter(into.time()) ? List.of(seen.client()) : with(into.clients(), seen.client()));
        return widened(open, seen, place, sum);
    }

    private static List<String> with(List<String> clients, String another) {
        String[] all = clients.toArray(new String[clients.size() + 1]);
        all[clients.size()] = another;
        return List.of(all);
    }

    /** @param place of the source that {@code part} is of; behind all others for another one */
    private static OpenTick widened(OpenTick open, Observation seen, int place, OpenTick.Part part) {
        OpenTick.Part[] parts =
                open.sources().toArray(new OpenTick.Part[Math.max(open.sources().size(), place + 1)]);
        parts[place] = part;
        return new OpenTick(
                open.start(),
                later(open.newest(), seen.time()),
                open.length(),
                longer(open.interval(), seen.interval()),
                List.of(parts));
    }

    private static OpenTick.Part part(Observation seen) {
        return new OpenTick.Part(seen.source(), seen.time(), seen.sum(), seen.weight(), List.of(seen.client()));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
