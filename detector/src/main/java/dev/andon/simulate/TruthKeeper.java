package dev.andon.simulate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Watches the means behind the noise while a scenario is played and writes down when it began to hurt. */
final class TruthKeeper {
    private static final double ONE_KIND_RATIO = 3;
    private static final double TWO_KINDS_RATIO = 1.5;
    private static final double DNS_FAILING = 0.003;
    private static final double USERS_WAIT_SECONDS = 1;
    private static final double USERS_FAILED = 0.01;
    private static final double USERS_DNS_FAILED = 0.02;
    private static final double DNS_VISIBLE = 0.001;

    private final Scenario scenario;
    private final Map<String, Instant> hurtSince = new LinkedHashMap<>();
    private final Map<String, Instant> onsets = new LinkedHashMap<>();
    private final Map<String, Instant> visibleSince = new LinkedHashMap<>();
    private Optional<Instant> userVisible = Optional.empty();
    private Optional<Instant> dnsVisible = Optional.empty();
    private Optional<Instant> firstAffected = Optional.empty();
    private Optional<Instant> completed = Optional.empty();

    TruthKeeper(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Notes how far the rollouts have come. */
    void observe(CdSystem.State state, Instant now) {
        scenario.suspect().ifPresent(plan -> {
            long total =
                    plan.waves().stream().mapToLong(RolloutPlan.Wave::total).sum();
            long updated = state.progress().entrySet().stream()
                    .filter(entry -> entry.getKey().rolloutId().equals(plan.rolloutId()))
                    .mapToLong(entry -> entry.getValue().coverage().updated())
                    .sum();
            if (updated > 0 && firstAffected.isEmpty()) firstAffected = Optional.of(now);
            if (updated == total && completed.isEmpty()) completed = Optional.of(now);
        });
    }

    /** Notes what one tick did to a cluster. */
    void observe(String cluster, Effect effect, Instant from) {
        boolean hurt = effect.slower(ONE_KIND_RATIO) >= 1
                || effect.slower(TWO_KINDS_RATIO) >= 2
                || effect.dnsServerFailing() >= DNS_FAILING
                || effect.dnsClientFailing() >= DNS_FAILING;
        if (secondInARow(hurtSince, cluster, hurt, from)) onsets.putIfAbsent(cluster, hurtSince.get(cluster));
        boolean slow = effect.slowestCheapSeconds() >= USERS_WAIT_SECONDS && effect.slower(TWO_KINDS_RATIO) >= 1;
        boolean visible = slow || effect.failedShare() >= USERS_FAILED || effect.dnsClientFailing() >= USERS_DNS_FAILED;
        if (secondInARow(visibleSince, cluster, visible, from) && userVisible.isEmpty()) {
            userVisible = Optional.ofNullable(visibleSince.get(cluster));
        }
        if (effect.dnsClientFailing() >= DNS_VISIBLE && dnsVisible.isEmpty()) dnsVisible = Optional.of(from);
    }

    private static boolean secondInARow(Map<String, Instant> since, String cluster, boolean now, Instant from) {
        if (!now) {
            since.remove(cluster);
            return false;
        }
        return since.putIfAbsent(cluster, from) != null;
    }

    Truth truth() {
        Optional<Instant> onset = onsets.values().stream().min(Instant::compareTo);
        Map<String, Instant> sorted = new LinkedHashMap<>();
        onsets.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        Optional<String> guilty = onset.flatMap(any -> scenario.suspect()).map(RolloutPlan::rolloutId);
        Optional<Instant> affected = scenario.suspect().isPresent() ? firstAffected : onset;
        return new Truth(scenario, guilty, affected, onset, sorted, userVisible, dnsVisible, completed);
    }
}
