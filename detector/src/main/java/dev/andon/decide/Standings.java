package dev.andon.decide;

import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The life of signals: at most one stands for a rollout, and one for a cluster without a culprit. A HALT is said again while
 * the rollout goes on, asks for a rollback when stopping was not enough, and ends when nothing is hurt any more.
 *
 * <p>Not thread-safe; the state is in the table.
 */
final class Standings {
    static final String ROLLOUT = "r/";
    private static final String CLUSTER = "c/";
    /** Rows that remember what stood, so that flapping is noticed. */
    private static final String PAST = "p/";
    /** What still stands is said again this long before it would run out. */
    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(15);
    /** What nobody has told anything of for this long does not stand any more. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);
    /** Waiting times double at most this often. */
    private static final long MOST_DOUBLINGS = 5;

    private final Settings settings;
    private final SignalWriter writer;
    private final Table<Standing> table;
    private final Map<String, ClusterReport> fleet;

    /** @param fleet newest report of every cluster, kept up to date by the caller */
    Standings(Settings settings, SignalWriter writer, Table<Standing> table, Map<String, ClusterReport> fleet) {
        this.settings = settings;
        this.writer = writer;
        this.table = table;
        this.fleet = fleet;
    }

    Optional<Standing> ofRollout(String rolloutId) {
        return table.get(ROLLOUT + rolloutId);
    }

    /** @param needed a HALT that was only observed is none where it would have to be enforced */
    boolean halted(String rolloutId, Mode needed) {
        return ofRollout(rolloutId)
                .filter(s -> s.action() == Action.HALT)
                .filter(s -> s.signal().mode() == Mode.ENFORCE || needed == Mode.OBSERVE)
                .isPresent();
    }

    /** @return whether an ALARM stands for what hurts the cluster now; one for trouble that has settled is another one */
    boolean alarmed(ClusterReport report) {
        Instant onset = report.onset().orElse(report.time());
        return table.get(CLUSTER + report.cluster())
                .filter(alarm -> !alarm.since().plus(settings.causalWindow()).isBefore(onset))
                .isPresent();
    }

    /** Lets a signal stand in the place of what stood for its subject. */
    void stand(Signal signal, List<Signal> signals) {
        String key = signal.rolloutId()
                .map(id -> ROLLOUT + id)
                .orElse(CLUSTER + signal.cluster().orElse(""));
        long relapses = table.get(key).map(Standing::relapses).orElseGet(() -> relapses(key, signal.time()));
        Standing standing = Standing.begin(signal, relapses);
        // Where all is complete the first HALT asks for the rollback.
        boolean complete = signal.action() == Action.HALT
                && SignalWriter.everywhereComplete(signal.rolloutId().orElse(""), fleet.values());
        table.put(key, complete ? standing.askedForRollback(signal) : standing);
        signals.add(signal);
        if (signal.action() == Action.HALT) exonerate(signal, signals);
    }

    private long relapses(String key, Instant now) {
        return table.get(PAST + key)
                .filter(past ->
                        past.since().plus(settings.lifecycle().flapWindow()).isAfter(now))
                .map(past -> past.relapses() + 1)
                .orElse(0L);
    }

    /** Who was only suspected goes free when another is halted for the same, and that nobody is to blame is no longer true. */
    private void exonerate(Signal halt, List<Signal> signals) {
        String guilty = halt.rolloutId().orElse("");
        live((key, standing) -> {
            if (halt.cluster().filter(standing.cluster()::equals).isEmpty()) return;
            boolean suspected = standing.action() == Action.HOLD
                    && (!Precaution.isOne(standing.signal()) || Precaution.isForecast(standing.signal()));
            if (suspected) end(key, standing, halt.time(), "exonerated, " + guilty + " did it", signals);
            boolean alarm = standing.action() == Action.ALARM;
            if (alarm) end(key, standing, halt.time(), guilty + " did it and is halted", signals);
        });
    }

    /** Says a HALT again when its rollout has gone on although there was time to stop it. */
    void watchHalted(ClusterReport report, List<Signal> signals) {
        for (RolloutExposure exposure : report.exposures()) {
            Optional<Standing> halted = ofRollout(exposure.rolloutId()).filter(s -> s.action() == Action.HALT);
            if (halted.isEmpty() || exposure.lastStep().isEmpty()) continue;
            Instant takenBy = mustHaveTakenBy(halted.get());
            // Both times, because the clock of what tells of rollouts may be ahead.
            if (!exposure.lastStep().get().isAfter(takenBy) || !report.time().isAfter(takenBy)) continue;
            Signal again = writer.goesOn(report, exposure, halted.get(), fleet.values());
            table.put(ROLLOUT + exposure.rolloutId(), halted.get().repeated(again));
            signals.add(again);
        }
    }

    private Instant mustHaveTakenBy(Standing halted) {
        Instant said = halted.signal().time();
        Instant from = halted.verified().filter(said::isBefore).orElse(said);
        return from.plus(doubled(settings.lifecycle().haltTimeout(), halted.repeats()));
    }

    private static Duration doubled(Duration duration, long times) {
        return duration.multipliedBy(1L << Math.min(MOST_DOUBLINGS, times));
    }

    /** The cluster is hurt: nothing that stands for it is calm, and stopping may not have been enough. */
    void hurt(ClusterReport report, List<Signal> signals) {
        live((key, standing) -> {
            if (!standing.cluster().equals(report.cluster())) return;
            Standing next = standing.calmSince().isPresent() ? standing.withCalmSince(Optional.empty()) : standing;
            if (notEnough(key, next, report)) {
                Signal again = writer.notEnough(report, next, fleet.values());
                signals.add(again);
                next = next.askedForRollback(again);
            }
            table.put(key, next);
        });
    }

    /** Whether the rollout has stopped for long enough that the cluster should be well. */
    private boolean notEnough(String key, Standing standing, ClusterReport report) {
        if (standing.action() != Action.HALT || standing.rollbackAsked()) return false;
        String rolloutId = key.substring(ROLLOUT.length());
        Instant stopped = fleet.values().stream()
                .flatMap(each -> each.exposures().stream())
                .filter(exposure -> exposure.rolloutId().equals(rolloutId))
                .flatMap(exposure -> exposure.lastStep().stream())
                .filter(standing.since()::isBefore)
                .max(Instant::compareTo)
                .orElse(standing.since());
        return stopped.plus(settings.lifecycle().recoveryTimeout()).isBefore(report.time());
    }

    /** The cluster is fine: what stands for it ends when it has been so for long enough, and no other is hurt. */
    void fine(ClusterReport report, List<Signal> signals) {
        live((key, standing) -> {
            if (!standing.cluster().equals(report.cluster()) || standing.ends().isPresent()) return;
            if (Precaution.isOne(standing.signal())) return;
            Instant calmSince = standing.calmSince().orElse(report.time());
            Duration calm = doubled(settings.calmBeforeClear(), standing.relapses());
            if (calmSince.plus(calm).isAfter(report.time())) {
                table.put(key, standing.withCalmSince(Optional.of(calmSince)));
                return;
            }
            Optional<String> other = otherHurt(key, standing);
            if (other.isPresent()) {
                table.put(key, standing.in(other.get()));
                return;
            }
            end(key, standing, report.time(), "recovered", signals);
            table.put(PAST + key, past(standing, report.time()));
        });
    }

    /** The cluster is no worse than for long: who was suspected and went on may be suspected anew of what comes next. */
    void settled(ClusterReport report) {
        live((key, standing) -> {
            boolean over = standing.signal().until().map(report.time()::isAfter).orElse(false);
            boolean suspected = standing.action() == Action.HOLD && !Precaution.isOne(standing.signal());
            if (over && suspected && standing.cluster().equals(report.cluster())) table.remove(key);
        });
    }

    private static Standing past(Standing standing, Instant cleared) {
        return new Standing(
                standing.signal(),
                standing.cluster(),
                cleared,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                standing.relapses(),
                false);
    }

    /** A rollout that hurts several clusters is not well because one of them is; of a silent one nobody can tell. */
    private Optional<String> otherHurt(String key, Standing standing) {
        if (standing.action() != Action.HALT) return Optional.empty();
        String rolloutId = key.substring(ROLLOUT.length());
        return fleet.values().stream()
                .filter(other -> other.health() == ClusterReport.Health.HURT || Blackout.silent(other))
                .filter(other -> !other.cluster().equals(standing.cluster()))
                .filter(other -> other.exposures().stream()
                        .anyMatch(e -> e.rolloutId().equals(rolloutId)
                                && e.firstExposed().isPresent()))
                .map(ClusterReport::cluster)
                .findFirst();
    }

    /** Ends what stands under {@code key}, and says so where that is to be said. */
    void end(String key, Standing standing, Instant time, String why, List<Signal> signals) {
        table.remove(key);
        if (standing.action() != Action.ALARM) {
            signals.add(writer.clear(time, key.substring(ROLLOUT.length()), standing, why));
        } else if (settings.lifecycle().clearAlarms()) {
            signals.add(writer.clearAlarm(time, standing, why));
        }
    }

    /** What a sink saw; the rest of what sinks record changes no decision. */
    void heard(Delivery delivery) {
        if (delivery.status() != Delivery.Status.VERIFIED) return;
        delivery.rolloutId().flatMap(this::ofRollout).ifPresent(standing -> {
            boolean newer = standing.verified().map(delivery.time()::isAfter).orElse(true);
            if (standing.action() == Action.HALT && newer) {
                String key = ROLLOUT + delivery.rolloutId().get();
                table.put(key, standing.withVerified(delivery.time()));
            }
        });
    }

    /** An operator's word outranks what stands. */
    void override(OperatorOverride override, List<Signal> signals) {
        String key = ROLLOUT + override.rolloutId();
        Optional<Standing> standing = table.get(key);
        if (override.decision() == OperatorOverride.Decision.ALLOW) {
            String why = "allowed by " + override.actor() + ": " + override.reason();
            standing.ifPresent(s -> end(key, s, override.time(), why, signals));
            return;
        }
        Mode mode = settings.policy().mode();
        if (!halted(override.rolloutId(), mode)) {
            stand(writer.haltByHand(override, fleet.values()).in(mode), signals);
        }
        table.get(key).ifPresent(s -> table.put(key, s.withEnds(override.expires())));
    }

    /** Does what is due before {@code now}: orders that have run out, and what must be said again because it still stands. */
    void runDue(Instant now, List<Signal> signals) {
        live((key, standing) -> {
            if (standing.ends().filter(end -> end.isBefore(now)).isPresent()) {
                end(key, standing, standing.ends().get(), "the order given by hand has run out", signals);
            } else if (standing.action() != Action.HOLD) {
                sayAgain(key, standing, now, signals);
            }
        });
        Map<String, Standing> past = new TreeMap<>();
        table.forEach((key, row) -> {
            if (key.startsWith(PAST)) past.put(key, row);
        });
        past.forEach((key, row) -> {
            if (row.since().plus(settings.lifecycle().flapWindow()).isBefore(now)) table.remove(key);
        });
    }

    private void sayAgain(String key, Standing standing, Instant now, List<Signal> signals) {
        Optional<Instant> due = standing.signal().expires().map(end -> end.minus(BEFORE_EXPIRY));
        if (due.isEmpty() || standing.ends().isPresent() || !due.get().isBefore(now)) return;
        ClusterReport report = fleet.get(standing.cluster());
        if (report == null || report.time().plus(FORGOTTEN_AFTER).isBefore(now)) {
            table.remove(key);
            return;
        }
        Signal again = writer.stillStands(due.get(), standing);
        table.put(key, standing.saidAgain(again));
        signals.add(again);
    }

    private interface Visitor {
        void visit(String key, Standing standing);
    }

    /** Visits what stands; the visitor may change the table. */
    private void live(Visitor visitor) {
        Map<String, Standing> all = new TreeMap<>();
        table.forEach((key, standing) -> {
            if (!key.startsWith(PAST)) all.put(key, standing);
        });
        all.forEach(visitor::visit);
    }
}
