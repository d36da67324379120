package dev.andon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import dev.andon.testing.RequiresTool;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names come from events, and events from anybody: they are shown as they are, and do nothing. */
@Tag("browser")
@RequiresTool("chromium")
class HostileNamesIT {
    private static final List<String> NAMES = List.of(
            "<img src=x onerror=\"document.title='owned'\">",
            "<script>document.title='owned'</script>",
            "\u05e9\u05dc\u05d5\u05dd-\u0645\u0631\u062d\u0628\u0627-42",
            "\u202egnp.exe",
            "rocket-\ud83d\ude80-\ud83d\udc69\u200d\ud83d\udcbb",
            "a/b?c#d%2F&e=f'\"",
            "x".repeat(250));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Stage stage = Stage.empty();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void areShownAsTextInEveryViewAndDoNothing() {
        NAMES.forEach(this::halt);
        Page page = CHROMIUM.phone();
        page.navigate(stage.url());
        for (String name : NAMES) {
            assertThat(page.locator(".card bdi").getByText(shown(name)).first()).isVisible();
        }
        harmless(page);
        page.navigate(stage.url() + "/#/decisions");
        assertThat(page.locator("tbody tr")).hasCount(NAMES.size());
        harmless(page);
        for (String name : NAMES) {
            String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            page.navigate(stage.url() + "/#/rollouts/" + path);
            assertThat(page.locator("h1 bdi")).hasText(shown(name));
            assertThat(page.locator(".verdict .reason")).hasText("because of " + shown(name));
            harmless(page);
            page.navigate(stage.url() + "/#/clusters/" + path);
            assertThat(page.locator("h1 bdi")).hasText(shown(name));
            harmless(page);
        }
    }

    /** What turns text around is shown by its number. */
    private static String shown(String name) {
        return name.replace("\u202e", "‹U+202E›");
    }

    private static void harmless(Page page) {
        assertThat(page.title()).endsWith("Andon");
        assertThat(page.locator("main img, main script")).hasCount(0);
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    private void halt(String name) {
        Instant now = stage.clock.now;
        Evidence evidence = new Evidence(name, Evidence.Kind.SHIFT, 0.01, 0.5, "s", now, 1e-9, 4);
        stage.tell(new RolloutEvent(
                now,
                name,
                name,
                Phase.PROGRESSING,
                new Workload(name, name, name),
                Optional.of(name),
                Optional.of(new Coverage(3, 10)),
                OptionalLong.of(10),
                Optional.empty(),
                Optional.empty()));
        stage.tell(new ChangePoint(now, name, evidence, now, now, false));
        stage.tell(new Signal(
                now,
                name,
                Action.HALT,
                Optional.of(name),
                Optional.of(name),
                Optional.of(now),
                OptionalDouble.of(0.9),
                "because of " + name,
                List.of(evidence),
                List.of(
                        new Candidate(name, 0.9, false, Optional.empty()),
                        new Candidate("other", 0.1, true, Optional.of(name))),
                Optional.of(new Exposure(3, 10, 1)),
                Optional.empty(),
                Optional.empty()));
    }
}
