package dev.andon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Evidence;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import dev.andon.testing.RequiresTool;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 200 clusters and 50 rollouts that all move: nothing is left out silently, and the page does not stutter. */
@Tag("browser")
@RequiresTool("chromium")
class LargeFleetIT {
    private static final int CLUSTERS = 200;
    private static final int ROLLOUTS = 50;
    private static final int SECONDS = 5;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Stage stage = Stage.empty();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void showsTheWorstOfThemFirstAndAllOnDemand() {
        for (int second = 0; second < 3; second++) step(second);
        Page page = CHROMIUM.page();
        page.navigate(stage.url());
        assertThat(page.locator(".squares span")).hasCount(CLUSTERS);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("10 clusters hurt");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all 200"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all 50"))
                .click();
        assertThat(page.locator("tbody tr")).hasCount(CLUSTERS + ROLLOUTS);
        assertThat(Chromium.seriousFindings(page)).isEmpty();
        staysSmooth(page, "fleet");
        page.navigate(stage.url() + "/#/rollouts/rollout-7");
        assertThat(page.locator("#latency-plot canvas")).isVisible();
        staysSmooth(page, "rollout");
    }

    /**
     * Everything moves for some seconds, with hundreds of events each, and the page counts how long its only thread was busy in
     * tasks that a person would feel. Half of the time is what a busy build machine may make of a twentieth.
     */
    private void staysSmooth(Page page, String what) {
        page.evaluate("""
                () => {
                  window.felt = 0;
                  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.felt += entry.duration; }))
                    .observe({type: 'longtask'});
                }""");
        for (int second = 0; second < SECONDS; second++) {
            step(second + 3);
            page.waitForTimeout(1_000);
        }
        double felt = ((Number) page.evaluate("window.felt")).doubleValue();
        System.out.printf("%s of a large fleet: busy in long tasks for %.0f of %d ms%n", what, felt, SECONDS * 1000);
        assertThat(felt).as("ms in tasks that are felt").isLessThan(SECONDS * 500.0);
    }

    private void step(int second) {
        Instant now = stage.clock.now.plusSeconds(1);
        stage.clock.now = now;
        for (int c = 0; c < CLUSTERS; c++) {
            stage.tell(sample(now, "cluster-" + c, c < 10));
            if (c < 10 && second == 0) stage.tell(change(now, "cluster-" + c));
        }
        for (int r = 0; r < ROLLOUTS; r++) {
            for (int c = 0; c < CLUSTERS; c += second == 0 ? 1 : 40) {
                stage.tell(event(now, "rollout-" + r, "cluster-" + c, second));
            }
        }
    }

    private static LatencySample sample(Instant now, String cluster, boolean hurt) {
        return new LatencySample(
                now,
                cluster,
                "apiserver-1",
                "LIST",
                Optional.empty(),
                Duration.ofSeconds(1),
                new Histogram(
                        new double[] {0.01, 0.1, 1},
                        hurt ? new long[] {10, 20, 70, 5} : new long[] {90, 9, 1, 0},
                        OptionalDouble.empty()),
                Map.of(),
                Optional.empty());
    }

    private static ChangePoint change(Instant now, String cluster) {
        return new ChangePoint(
                now,
                cluster,
                new Evidence("apiserver/LIST/latency", Evidence.Kind.SHIFT, 0.01, 0.6, "s", now, 1e-9, 4),
                now.minusSeconds(1),
                now,
                false);
    }

    private static RolloutEvent event(Instant now, String rollout, String cluster, int second) {
        return new RolloutEvent(
                now,
                rollout,
                cluster,
                Phase.PROGRESSING,
                new Workload("Deployment", "shop", rollout),
                Optional.empty(),
                Optional.of(new Coverage(Math.min(100, 5L * second), 100)),
                OptionalLong.of(100),
                Optional.empty(),
                Optional.empty());
    }
}
