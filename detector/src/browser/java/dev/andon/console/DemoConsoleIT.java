package dev.andon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.andon.testing.RequiresTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is shipped, with the real broker, connectors and detector: seen by somebody who watches the demo. */
@Tag("browser")
@RequiresTool("chromium")
class DemoConsoleIT {
    private static final String AGENT = "telemetry-agent-7f3";
    private static final Pattern ADDRESSES = Pattern.compile("console (http://\\S+):(\\d+) .* token (\\S+)");
    /** The incident begins half a minute after the start, and a busy machine needs its time. */
    private static final double UNTIL_HALT_MILLIS = 120_000;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void showsTheHaltLiveTakesAnOverrideAndComesBackAfterTheDetectorWasRestarted() throws IOException {
        Page page = CHROMIUM.page();
        int port;
        try (RunningDemo demo = RunningDemo.start(folder.resolve("first"), 0)) {
            port = demo.port;
            page.navigate(demo.url);
            assertThat(page.locator("#state")).containsText("live");
            assertThat(row(page, AGENT)).isVisible(within(UNTIL_HALT_MILLIS));
            Chromium.wholePicture(page, "demo-before");
            assertThat(page.locator(".card", new Page.LocatorOptions().setHasText("HALT")))
                    .containsText(AGENT, new LocatorAssertions.ContainsTextOptions().setTimeout(UNTIL_HALT_MILLIS));
            Chromium.wholePicture(page, "demo-halt");
            row(page, AGENT).getByRole(AriaRole.LINK).click();
            assertThat(page.locator(".timeline")).containsText("HALT");
            // The CD system was told, and the sink says so.
            assertThat(page.locator(".timeline")).containsText("demo-cd");
            Chromium.wholePicture(page, "demo-rollout");
            override(page, demo.token);
            assertThat(page.locator(".timeline")).containsText("operator: let it run, it is a demo");
        }
        assertThat(page.locator("#state")).hasText("not connected");
        try (RunningDemo again = RunningDemo.start(folder.resolve("second"), port)) {
            assertThat(again.port).isEqualTo(port);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Andon"))
                    .click();
            assertThat(page.locator("#state")).containsText("live");
            assertThat(page.locator("#banner")).isHidden();
        }
        CHROMIUM.expectFailedAnswers();
    }

    private static void override(Page page, String token) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Override …"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Reason").fill("let it run, it is a demo");
        dialog.getByLabel("Token").fill(token);
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Override").setExact(true))
                .click();
        assertThat(dialog).isHidden();
    }

    private static LocatorAssertions.IsVisibleOptions within(double millis) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(millis);
    }

    private static Locator row(Page page, String rolloutId) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Rollouts by state").setExact(true))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(rolloutId));
    }

    /** {@code andon demo} as a process of its own. */
    private static final class RunningDemo implements AutoCloseable {
        private static final Path DISTRIBUTION =
                Path.of(System.getProperty("andon.plugins", "")).resolveSibling("lib");

        private final Process process;
        private String url = "";
        private String token = "";
        private int port;

        private RunningDemo(Process process) {
            this.process = process;
        }

        static RunningDemo start(Path data, int port) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Dandon.plugins=" + System.getProperty("andon.plugins"),
                    "-cp",
                    DISTRIBUTION + "/*",
                    "dev.andon.cli.Andon",
                    "demo",
                    "--port",
                    String.valueOf(port),
                    "--data-dir",
                    data.toString()));
            RunningDemo demo = new RunningDemo(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .start());
            demo.readAddresses();
            return demo;
        }

        private void readAddresses() throws IOException {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            List<String> said = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher found = ADDRESSES.matcher(line);
                if (!found.find()) continue;
                url = found.group(1) + ":" + found.group(2);
                port = Integer.parseInt(Objects.requireNonNull(found.group(2)));
                token = Objects.requireNonNull(found.group(3));
                drain(lines);
                return;
            }
            throw new IllegalStateException("the demo ended before it said where it is: " + said);
        }

        /** Nobody reads on, and a full pipe would stop the demo. */
        private static void drain(BufferedReader lines) {
            Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "demo-output");
            reader.setDaemon(true);
            reader.start();
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
