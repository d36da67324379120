package dev.andon.detect;

import java.util.List;
import java.util.function.UnaryOperator;

/** A detector as its contract sees it: a state that is kept, and what it says after every tick. */
abstract class Subject {
    static final DetectSettings SETTINGS = DetectSettings.forBudget(0.001);

    /** The state to keep, and what the series says now. */
    record Step(SeriesState next, Finding finding) {}

    private final SeriesKind kind;

    Subject(SeriesKind kind) {
        this.kind = kind;
    }

    static Subject level(SeriesKind kind) {
        LevelDetector detector = new LevelDetector(kind, SETTINGS);
        return new Subject(kind) {
            @Override
            Step step(SeriesState state, Tick tick) {
                LevelDetector.Step step = detector.step(state.level().orElseThrow(), tick);
                return new Step(Subject.with(state, step.next()), step.finding());
            }
        };
    }

    static Subject share() {
        ShareDetector detector = new ShareDetector(SeriesKind.ERRORS, SETTINGS);
        return new Subject(SeriesKind.ERRORS) {
            @Override
            Step step(SeriesState state, Tick tick) {
                ShareDetector.Step step = detector.step(state.share().orElseThrow(), tick);
                return new Step(Subject.with(state, step.next()), step.finding());
            }
        };
    }

    abstract Step step(SeriesState state, Tick tick);

    final SeriesKind kind() {
        return kind;
    }

    final SeriesState unknown() {
        return SeriesState.unknown(kind, kind.unit());
    }

    /** @return what is said after each tick */
    final List<Finding> live(List<Tick> ticks) {
        return live(ticks, UnaryOperator.identity());
    }

    /** @param between what happens to the state between two ticks */
    final List<Finding> live(List<Tick> ticks, UnaryOperator<SeriesState> between) {
        Step[] last = {new Step(unknown(), Finding.WARMING_UP)};
        return ticks.stream()
                .map(tick -> {
                    last[0] = step(between.apply(last[0].next()), tick);
                    return last[0].finding();
                })
                .toList();
    }

    final SeriesState after(List<Tick> ticks) {
        SeriesState state = unknown();
        for (Tick tick : ticks) state = step(state, tick).next();
        return state;
    }

    /** @return evidence after each tick, in nats */
    final double[] evidence(List<Tick> ticks) {
        return live(ticks).stream().mapToDouble(Finding::evidence).toArray();
    }

    private static SeriesState with(SeriesState state, LevelState level) {
        return new SeriesState(
                state.kind(),
                state.unit(),
                state.judgedUntil(),
                state.sourcesExpected(),
                state.sourcesSeen(),
                state.open(),
                java.util.Optional.of(level),
                state.share(),
                state.finding(),
                state.recent(),
                state.demand(),
                state.slowerThan(),
                state.settling());
    }

    private static SeriesState with(SeriesState state, ShareState share) {
        return new SeriesState(
                state.kind(),
                state.unit(),
                state.judgedUntil(),
                state.sourcesExpected(),
                state.sourcesSeen(),
                state.open(),
                state.level(),
                java.util.Optional.of(share),
                state.finding(),
                state.recent(),
                state.demand(),
                state.slowerThan(),
                state.settling());
    }
}
