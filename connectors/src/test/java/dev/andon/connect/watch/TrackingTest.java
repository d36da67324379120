package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.schema.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Optional<Known> known = Optional.empty();
    private final List<String> said = new ArrayList<>();

    @Test
    void saysNothingOfWhatWasThereBefore() {
        see("web:1", 1, 1, 10);

        assertThat(said).isEmpty();
    }

    @Test
    void followsARolloutFromBeginningToEnd() {
        see("web:1", 1, 1, 10);
        see("web:2", 2, 1, 10);
        see("web:2", 2, 2, 0);
        see("web:2", 2, 2, 4);
        see("web:2", 2, 2, 4);
        see("web:2", 2, 2, 10);

        assertThat(said).containsExactly("STARTED", "PROGRESSING 0/10", "PROGRESSING 4/10", "COMPLETED 10/10");
        assertThat(known.orElseThrow().rolloutId()).startsWith("shop/web@");
    }

    @Test
    void saysOnceWhatHappenedWhileTheServerWasAway() {
        see("web:1", 1, 1, 10);
        see("web:2", 2, 2, 10);
        see("web:2", 2, 2, 10);

        assertThat(said).containsExactly("COMPLETED 10/10");
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        see("web:1", 1, 1, 10);
        see("web:2", 2, 2, 4);
        known = Known.ofOffset(known.orElseThrow().toOffset());
        see("web:2", 2, 2, 4);
        see("web:2", 2, 2, 10);

        assertThat(said).containsExactly("PROGRESSING 4/10", "COMPLETED 10/10");
    }

    @Test
    void takesARolloutInFullSwingForOneAtTheFirstSight() {
        see("web:2", 2, 2, 4);

        assertThat(said).containsExactly("PROGRESSING 4/10");
    }

    @Test
    void saysThatTheOldRevisionIsBackAndIsQuietAboutHowItSpreads() {
        see("web:1", 1, 1, 10);
        see("web:2", 2, 2, 4);
        String rollout = known.orElseThrow().rolloutId();
        see("web:1", 3, 3, 6);
        see("web:1", 3, 3, 10);

        assertThat(said).containsExactly("PROGRESSING 4/10", "ROLLED_BACK");
        assertThat(known.orElseThrow().rolloutId()).isEqualTo(rollout);
    }

    @Test
    void beginsAnotherRolloutWithTheNextRevision() {
        see("web:1", 1, 1, 10);
        see("web:2", 2, 2, 4);
        String second = known.orElseThrow().rolloutId();
        see("web:3", 3, 3, 1);

        assertThat(said).containsExactly("PROGRESSING 4/10", "PROGRESSING 1/10");
        assertThat(known.orElseThrow().rolloutId()).isNotEqualTo(second);
    }

    @Test
    void doesNotTakeScalingForARollout() {
        see("web:1", 1, 1, 10);
        Known before = known.orElseThrow();
        see("web:1", 2, 2, 3);

        assertThat(said).isEmpty();
        assertThat(known).contains(before);
    }

    @Test
    void endsTheRolloutOfAnObjectThatIsGone() {
        see("web:2", 2, 2, 4);

        assertThat(Tracking.gone(known.orElseThrow()).tell()).isTrue();
        assertThat(Tracking.gone(known.orElseThrow()).next().phase()).isEqualTo(Phase.ABORTED);
    }

    @Test
    void isQuietAboutAnObjectThatIsGoneAfterItsRollout() {
        see("web:1", 1, 1, 10);

        assertThat(Tracking.gone(known.orElseThrow()).tell()).isFalse();
    }

    private void see(String image, long generation, long observed, int updated) {
        Seen seen = Reading.of(WatchedKind.DEPLOYMENT, Objects.deployment(image, generation, observed, updated, 10))
                .orElseThrow();
        Tracking.Step step = Tracking.step(known, seen, NOW);
        known = Optional.of(step.next());
        if (step.tell()) {
            Known next = step.next();
            said.add(next.phase()
                    + (next.updated().isPresent()
                            ? " " + next.updated().getAsLong() + "/"
                                    + next.total().getAsLong()
                            : ""));
        }
    }
}
