package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareDetectorTest {
    private static final DetectSettings SETTINGS = DetectSettings.forBudget(0.001);

    private final ShareDetector detector = new ShareDetector(SeriesKind.ERRORS, SETTINGS);
    private final Random random = new Random(11);

    @Test
    void findsErrorsThatWereNotThereBefore() {
        ShareState state = warm(0, 500);
        state = detector.step(state, Ticks.tick(60, 25, 500)).next();
        state = detector.step(state, Ticks.tick(61, 30, 500)).next();
        Finding finding = detector.step(state, Ticks.tick(62, 28, 500)).finding();
        assertThat(finding.evidence()).isGreaterThan(SETTINGS.evidenceNeeded() * 0.9);
        assertThat(finding.change().orElseThrow().matters()).isTrue();
        assertThat(finding.change().orElseThrow().onset()).isEqualTo(Ticks.at(59));
    }

    @Test
    void doesNotCallAHandfulOfErrorsAChange() {
        ShareState state = warm(0.001, 500);
        for (int i = 60; i < 160; i++) {
            ShareDetector.Step step = detector.step(state, Ticks.tick(i, binomial(500, 0.001), 500));
            state = step.next();
            assertThat(step.finding().change().filter(Finding.Change::matters)).isEmpty();
        }
    }

    @Test
    void findsAShareThatHasDoubled() {
        ShareState state = warm(0.02, 500);
        double evidence = 0;
        for (int i = 60; i < 75; i++) {
            ShareDetector.Step step = detector.step(state, Ticks.tick(i, binomial(500, 0.04), 500));
            state = step.next();
            evidence = step.finding().evidence();
        }
        assertThat(evidence).isGreaterThan(SETTINGS.evidenceNeeded());
    }

    @Test
    void takesTheSpreadItHasSeenForGranted() {
        ShareState state = ShareState.EMPTY;
        for (int i = 0; i < 200; i++)
            state = detector.step(state, Ticks.tick(i, i % 10 == 0 ? 5 : 0, 200))
                    .next();
        assertThat(state.usual().dispersion()).isGreaterThan(1.5);
        Finding finding = detector.step(state, Ticks.tick(200, 5, 200)).finding();
        assertThat(finding.evidence()).isLessThan(SETTINGS.evidenceNeeded() / 2);
    }

    @Test
    void refusesMoreEventsThanThereWere() {
        ShareState state = warm(0.01, 100);
        assertThat(detector.step(state, Ticks.tick(60, 101, 100)).next()).isEqualTo(state);
        assertThat(detector.step(state, Ticks.tick(60, Double.NaN, 100)).next()).isEqualTo(state);
        assertThat(detector.step(state, Ticks.tick(60, -1, 100)).next()).isEqualTo(state);
    }

    private ShareState warm(double share, int total) {
        ShareState state = ShareState.EMPTY;
        for (int i = 0; i < 60; i++)
            state = detector.step(state, Ticks.tick(i, binomial(total, share), total))
                    .next();
        return state;
    }

    private double binomial(int total, double share) {
        double events = 0;
        for (int i = 0; i < total; i++) events += random.nextDouble() < share ? 1 : 0;
        return events;
    }
}
