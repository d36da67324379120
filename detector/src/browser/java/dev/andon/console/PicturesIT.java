package dev.andon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.andon.domain.Delivery;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import dev.andon.testing.RequiresTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every picture of the console in the documentation, from one incident: {@code -Dandon.pictures=docs/images} with its whole
 * path makes them anew, and somebody has to look at them.
 */
@Tag("browser")
@RequiresTool("chromium")
class PicturesIT {
    private static final String AGENT = "/#/rollouts/telemetry-agent-7f3";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TempDir
    private Path folder = Path.of("");

    private final Stage stage = Stage.of(Scenarios.DNS_MASKED_CONTROL_PLANE, Pace.BRIEF);

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void showsNothingYetAndSilence() {
        try (Stage nothing = Stage.empty()) {
            Page page = CHROMIUM.page();
            page.navigate(nothing.url());
            assertThat(page.locator(".empty").first()).isVisible();
            Chromium.picture(page, "console-empty");
            page.close();
        }
        stage.play(Duration.ofSeconds(60));
        stage.clock.now = stage.clock.now.plusSeconds(40);
        Page page = CHROMIUM.page();
        page.navigate(stage.url());
        assertThat(page.locator("#banner")).containsText("no data never means fine");
        Chromium.picture(page, "console-stale");
    }

    @Test
    void showsEveryViewOfAHalt() {
        Signal halt = stage.playUntilHalt();
        deliver(halt, "cd", Delivery.Status.SENT, 180);
        deliver(halt, "cd", Delivery.Status.ACKNOWLEDGED, 420);
        deliver(halt, "cd", Delivery.Status.VERIFIED, 2_300);
        deliver(halt, "pager", Delivery.Status.SENT, 260);
        stage.play(Duration.ofSeconds(6));
        Page page = CHROMIUM.page();
        page.navigate(stage.url());
        assertThat(page.locator(".card.stop .way")).containsText("verified");
        Chromium.picture(page, "console-fleet");
        page.navigate(stage.url() + AGENT);
        assertThat(page.locator("#latency-plot canvas")).isVisible();
        assertThat(page.locator(".steps .done")).hasCount(4);
        Chromium.wholePicture(page, "console-rollout");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Override …"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        Chromium.picture(page, "console-override");
        page.navigate(stage.url() + "/#/clusters/prod-600");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(page.locator("h1")).containsText("prod-600");
        assertThat(page.locator("#latency-plot canvas")).isVisible();
        Chromium.picture(page, "console-cluster");
        page.navigate(stage.url() + "/#/decisions");
        assertThat(page.locator("tbody tr").first()).containsText("HALT");
        Chromium.picture(page, "console-decisions");
        otherScreens();
        report();
    }

    private void otherScreens() {
        Page dark = CHROMIUM.dark();
        dark.navigate(stage.url() + AGENT);
        assertThat(dark.locator("#latency-plot canvas")).isVisible();
        Chromium.picture(dark, "console-dark");
        Page phone = CHROMIUM.phone();
        phone.navigate(stage.url());
        assertThat(phone.locator(".card.stop")).isVisible();
        Chromium.picture(phone, "console-phone");
        phone.navigate(stage.url() + AGENT);
        assertThat(phone.locator("#latency-plot canvas")).isVisible();
        phone.locator("#latency-plot").scrollIntoViewIfNeeded();
        Chromium.picture(phone, "console-phone-charts");
    }

    private void report() {
        Page page = CHROMIUM.page();
        page.navigate(stage.url() + AGENT);
        Path report = folder.resolve("report.html");
        page.waitForDownload(() -> page.getByRole(
                                AriaRole.LINK, new Page.GetByRoleOptions().setName("Incident report"))
                        .click())
                .saveAs(report);
        page.navigate(report.toUri().toString());
        assertThat(page.locator("svg .one").first()).isVisible();
        Chromium.wholePicture(page, "console-report");
    }

    private void deliver(Signal signal, String sink, Delivery.Status status, long afterMillis) {
        stage.tell(new Delivery(
                signal.time().plusMillis(afterMillis),
                signal.signalId(),
                signal.rolloutId(),
                sink,
                "https://" + sink + ".example.com",
                status,
                1,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }
}
