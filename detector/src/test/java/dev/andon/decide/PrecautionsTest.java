package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static dev.andon.decide.Reports.fine;
import static dev.andon.decide.Reports.known;
import static dev.andon.decide.Reports.moving;
import static dev.andon.decide.Reports.rollout;
import static dev.andon.decide.Reports.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds a rollout without blaming it: DNS caches, and silence. */
class PrecautionsTest {
    private static final RolloutExposure AGENT = rollout("agent", 20, 20);
    private static final RolloutExposure OTHER = rollout("other", 5, 5);
    private static final Duration CACHE = Duration.ofMinutes(20);

    private final List<Signal> signals = new ArrayList<>();

    @Test
    void holdsNothingForTheSakeOfCachesWhileNothingIsSuspicious() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        for (int tick = 20; tick < 40; tick++) accept(fleet, cached(fine("prod", tick, AGENT)));
        assertThat(signals).isEmpty();
    }

    @Test
    void holdsThroughTheLifetimeOfTheCacheOnceAnswersAreServedStale() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        for (int tick = 21; tick < 22 + 239; tick++) accept(fleet, cached(moving("prod", tick, stale(21), AGENT)));
        assertThat(signals).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.rolloutId()).contains("agent");
            assertThat(hold.until()).contains(at(21).plus(CACHE));
            assertThat(hold.evidence()).containsExactly(stale(21));
            assertThat(hold.reason())
                    .isEqualTo("DNS caches may hide what agent does to prod for 20 min more: share of stale DNS answers"
                            + " (server view) rose from 0 % to 40 % since it came");
        });
    }

    @Test
    void holdsAsLongAsTheLongestCacheOfAllClustersThatHaveTheRollout() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        Duration longer = Duration.ofMinutes(50);
        accept(fleet, known(fine("west", 21, AGENT), "production", Optional.of(longer), Optional.empty()));
        accept(fleet, cached(moving("prod", 22, stale(21), AGENT)));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).singleElement().satisfies(hold -> assertThat(hold.until())
                .contains(at(20).plus(longer)));
    }

    @Test
    void assumesTheUsualLifetimeWhereNoneIsKnown() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, moving("prod", 22, stale(21), AGENT));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).singleElement().satisfies(hold -> assertThat(hold.until())
                .contains(at(21).plus(Duration.ofHours(1))));
    }

    @Test
    void holdsNobodyForAnswersThatWereStaleBeforeItCame() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, cached(moving("prod", 22, stale(10), AGENT)));
        assertThat(fleet.flushIdle()).isEmpty();
    }

    @Test
    void letsGoWhenTheCauseOfTheHoldIsGone() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, cached(moving("prod", 22, stale(21), AGENT)));
        accept(fleet, cached(fine("prod", 23, AGENT)));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HOLD, Action.CLEAR);
    }

    @Test
    void holdsAfterEveryExposureWherePeopleWantThat() {
        FleetStage fleet = stage(Policy.DnsHold.ALWAYS);
        for (int tick = 20; tick < 20 + 245; tick++) accept(fleet, cached(fine("prod", tick, AGENT)));
        assertThat(signals).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.until()).contains(at(20).plus(CACHE));
        });
    }

    @Test
    void letsGoWhenLookUpsPastEveryCacheAreClean() {
        FleetStage fleet = stage(Policy.DnsHold.ALWAYS);
        for (int tick = 20; tick < 40; tick++) {
            accept(fleet, known(fine("prod", tick, AGENT), "production", Optional.of(CACHE), Optional.of(at(10))));
        }
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HOLD, Action.CLEAR);
        assertThat(signals.get(1).time()).isEqualTo(at(23));
    }

    @Test
    void neverHoldsForTheSakeOfCachesWherePeopleDoNotWantThat() {
        FleetStage fleet = stage(Policy.DnsHold.NEVER);
        accept(fleet, cached(moving("prod", 22, stale(21), AGENT)));
        assertThat(fleet.flushIdle()).isEmpty();
    }

    @Test
    void holdsARolloutThatWasFollowedByTheSilenceOfItsClusterOnly() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, fine("a", 44, OTHER));
        accept(fleet, fine("b", 44, OTHER));
        accept(fleet, silent("prod", 44, 22, AGENT, OTHER));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.rolloutId()).contains("agent");
            assertThat(hold.reason())
                    .isEqualTo("all telemetry of prod has been silent for 110 s, since 10 s after agent reached 100 of"
                            + " 100 nodes; silent are 1 of 1 clusters that have it and 0 of 2 that do not");
            assertThat(hold.evidence()).singleElement().satisfies(evidence -> {
                assertThat(evidence.kind()).isEqualTo(Evidence.Kind.SILENCE);
                assertThat(evidence.falseAlarmProbability()).isCloseTo(1 / 3.0, within(1e-9));
            });
        });
    }

    @Test
    void takesAnOrdinaryGapForNothing() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, fine("a", 40, OTHER));
        accept(fleet, silent("prod", 40, 22, AGENT));
        assertThat(fleet.flushIdle()).isEmpty();
    }

    @Test
    void takesSilenceEverywhereForItsOwnTrouble() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, silent("a", 44, 22, OTHER));
        accept(fleet, silent("prod", 44, 22, AGENT));
        assertThat(fleet.flushIdle()).isEmpty();
    }

    @Test
    void doesNotHoldWhatCameAfterTheSilenceOrLongBefore() {
        FleetStage fleet = stage(Policy.DnsHold.SUSPECT);
        accept(fleet, fine("a", 144));
        accept(fleet, silent("prod", 144, 120, AGENT, rollout("late", 122, 122)));
        assertThat(fleet.flushIdle()).isEmpty();
    }

    private void accept(FleetStage fleet, ClusterReport report) {
        signals.addAll(fleet.accept(report));
    }

    private static ClusterReport cached(ClusterReport report) {
        return known(report, "production", Optional.of(CACHE), Optional.empty());
    }

    private static Evidence stale(int onset) {
        return new Evidence("dns/SERVER/stale", Evidence.Kind.ERRORS, 0, 0.4, "1", at(onset), 1e-4, 3);
    }

    private static FleetStage stage(Policy.DnsHold dnsHold) {
        Policy base = Policy.DEFAULT;
        Policy policy = new Policy(base.mode(), base.rules(), base.freezes(), dnsHold, base.unknownDnsCache());
        return new FleetStage(
                Settings.DEFAULT.with(policy), new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    }
}
