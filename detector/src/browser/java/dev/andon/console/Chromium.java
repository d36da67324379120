package dev.andon.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jspecify.annotations.Nullable;

/** The Chromium of this machine, without a window. Fails a test whose pages complained, and closes them before what they show. */
final class Chromium implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** Where pictures go: a folder for looking at them, or the one of the documentation. */
    private static final Path PICTURES = Path.of(System.getProperty("andon.pictures", "target/pictures"));

    private static final double PATIENCE_MILLIS = 20_000;

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private boolean failedAnswersExpected;

    @Override
    public void beforeAll(ExtensionContext context) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(QUIET));
    }

    private static Path executable() {
        for (String folder : Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1)) {
            Path found = Path.of(folder, "chromium");
            if (found.toFile().canExecute()) return found;
        }
        throw new IllegalStateException("there is no chromium on the PATH");
    }

    /** A page of a desk's size, in light colours. */
    Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(1280, 860));
    }

    Page dark() {
        return page(new Browser.NewContextOptions().setViewportSize(1280, 860).setColorScheme(ColorScheme.DARK));
    }

    /** A page of a telephone's size, that is touched. */
    Page phone() {
        return page(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setHasTouch(true)
                .setIsMobile(true));
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = Objects.requireNonNull(browser).newContext(options);
        open.add(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) complaints.add(message.text());
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Says that answers will be refusals or not come at all, which a browser always complains about. */
    void expectFailedAnswers() {
        failedAnswersExpected = true;
    }

    /** The findings of axe-core that are serious, one line each. */
    static List<String> seriousFindings(Page page) {
        page.evaluate(AXE);
        Object found = page.evaluate("""
                async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                  .filter((violation) => ['serious', 'critical'].includes(violation.impact))
                  .map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html.slice(0, 150)
                     + ' ' + node.any.map((one) => one.message).join('; ')).slice(0, 3).join(' | '))""");
        return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
    }

    private static final String AXE = axe();

    private static String axe() {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("axe-core cannot be read", e);
        }
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    static void wholePicture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        open.forEach(BrowserContext::close);
        open.clear();
        List<String> said = complaints.stream()
                .filter(text -> !failedAnswersExpected || !text.contains("Failed to load resource"))
                .toList();
        complaints.clear();
        failedAnswersExpected = false;
        assertThat(said).as("errors and warnings in the browser's console").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) browser.close();
        if (playwright != null) playwright.close();
    }
}
