package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Lists of targets in real files, looked at every 100 ms. */
@Timeout(60)
class DiscoveryTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(PrometheusScrapeSourceTask.class);

    @TempDir
    @SuppressWarnings("NullAway.Init") // the extension sets it
    Path folder;

    private final FakeContext context = new FakeContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Discovery> started = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stop() {
        started.forEach(Discovery::close);
        LOGGER.detachAppender(log);
        LOGGER.setLevel(null);
    }

    @Test
    void knowsTheTargetsOfAFileAtOnce() throws IOException {
        write("t.json", "[{\"targets\":[\"a:1\"]}]");

        assertThat(ids(discovery(files("t.json")))).containsExactly("prod/a:1");
    }

    @Test
    void countsProblemsFromZeroSoThatTheFirstIsSeen() throws IOException {
        write("t.json", "[]");
        var unused = discovery(files("t.json"));

        assertThat(context.totals())
                .containsEntry("discovery-problems-total{source=file}", 0.0)
                .containsEntry("discovery-problems-total{source=entry}", 0.0)
                .containsEntry("discovery-problems-total{source=duplicate}", 0.0)
                .containsEntry("discovery-problems-total{source=kubernetes}", 0.0);
    }

    @Test
    void followsAFileThatIsWrittenAnewOrReplaced() throws IOException {
        write("t.json", "[{\"targets\":[\"a:1\"]}]");
        Discovery discovery = discovery(files("t.json"));

        write("t.json", "[{\"targets\":[\"a:1\",\"b:1\"]}]");
        awaitTargets(discovery, "prod/a:1", "prod/b:1");
        write("new", "[{\"targets\":[\"b:1\"]}]");
        Files.move(folder.resolve("new"), folder.resolve("t.json"), StandardCopyOption.REPLACE_EXISTING);
        awaitTargets(discovery, "prod/b:1");
        write("t.json", "[]");
        awaitTargets(discovery);
    }

    @Test
    void saysTheSameObjectWhileNothingChanges() throws IOException {
        write("t.json", "[{\"targets\":[\"a:1\"]}]");
        write("broken.json", "[");
        Discovery discovery = discovery(files("t.json", "broken.json"));
        List<Target> before = discovery.targets();

        await().until(() -> count("file") >= 4);

        assertThat(discovery.targets()).isSameAs(before);
    }

    @Test
    void keepsTheLastGoodListOfABrokenFileCountsEveryLookAndWarnsOnce() throws IOException {
        write("t.json", "[{\"targets\":[\"a:1\"]}]");
        Discovery discovery = discovery(files("t.json"));
        write("t.json", "[{\"targets\":[\"b:1\"");
        await().until(() -> count("file") >= 4);

        assertThat(ids(discovery)).containsExactly("prod/a:1");
        assertThat(warnings())
                .containsExactly("Looking for targets: " + folder.resolve("t.json")
                        + " is no valid JSON near line 1; its last 1 targets are kept (file)");

        write("t.json", "[{\"targets\":[\"b:1\"]}]");
        awaitTargets(discovery, "prod/b:1");
        await().untilAsserted(() -> assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.INFO)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Looking for targets: no longer: " + folder.resolve("t.json")
                        + " is no valid JSON near line 1; its last 1 targets are kept"));
    }

    @Test
    void keepsTheLastGoodListOfAFileThatVanishes() throws IOException {
        write("t.yaml", "- targets: [a:1]");
        Discovery discovery = discovery(files("t.yaml"));
        Files.delete(folder.resolve("t.yaml"));
        await().until(() -> count("file") >= 3);

        assertThat(ids(discovery)).containsExactly("prod/a:1");
        assertThat(warnings()).hasSize(1).first().asString().contains("cannot be read: NoSuchFileException");
    }

    @Test
    void followsTheGoodFilesWhileOneIsBroken() throws IOException {
        write("bad.json", "nonsense");
        write("good.json", "[{\"targets\":[\"a:1\"]}]");
        Discovery discovery = discovery(files("bad.json", "good.json"));

        write("good.json", "[{\"targets\":[\"a:1\",\"b:1\"]}]");

        awaitTargets(discovery, "prod/a:1", "prod/b:1");
    }

    @Test
    void scrapesATargetThatIsNamedTwiceOnceAndSaysSoOnlyWhereTheyDiffer() throws IOException {
        write("t.json", "[{\"targets\":[\"a:1\",\"x:1\"],\"labels\":{\"__scheme__\":\"http\"}}]");
        var props = files("t.json");
        props.put("apiserver.targets", "prod=http://a:1,prod/x:1=http://y:1");
        Discovery discovery = discovery(props);

        assertThat(discovery.targets())
                .extracting(Target::url)
                .extracting(Object::toString)
                .containsExactly("http://a:1/metrics", "http://y:1/metrics");
        assertThat(warnings())
                .containsExactly("Looking for targets: " + folder.resolve("t.json")
                        + ": prod/x:1 is named twice; only http://y:1/metrics is scraped (duplicate)");
    }

    @Test
    void dealsWhatIsFoundOutAmongTheTasksAndMovesNoneWhenOthersCome() throws IOException {
        write("t.json", targets(40));
        var connector = new PrometheusScrapeSourceConnector();
        var props = files("t.json");
        props.put("apiserver.targets", "prod/named=http://n:1");
        connector.start(props);
        List<Discovery> tasks =
                connector.taskConfigs(3).stream().map(this::discovery).toList();
        List<Set<String>> before = tasks.stream().map(DiscoveryTest::ids).toList();

        write("t.json", targets(60));
        await().until(() -> tasks.stream().mapToInt(task -> ids(task).size()).sum() == 61);

        assertThat(before.stream().mapToInt(Set::size)).hasSize(3).allMatch(size -> size > 5);
        assertThat(before.stream().mapToInt(Set::size).sum()).isEqualTo(41);
        for (int task = 0; task < 3; task++) {
            assertThat(ids(tasks.get(task))).containsAll(before.get(task));
        }
    }

    private static String targets(int number) {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            addresses.add("\"h" + i + ":1\"");
        }
        return "[{\"targets\":" + addresses + "}]";
    }

    private Map<String, String> files(String... names) {
        var paths = new ArrayList<String>();
        for (String name : names) {
            paths.add(folder.resolve(name).toString());
        }
        return new HashMap<>(Map.of("apiserver.targets.files", String.join(",", paths), "cluster", "prod"));
    }

    private Discovery discovery(Map<String, String> props) {
        var all = new HashMap<>(props);
        all.put("targets.refresh.ms", "100");
        ScrapeSettings settings = ScrapeSettings.parse(all);
        ScrapeMetrics metrics = started.isEmpty() ? ScrapeMetrics.of(context) : ScrapeMetrics.NONE;
        var discovery = new Discovery(settings.discovery(), settings.targets(), System::nanoTime, metrics);
        started.add(discovery);
        return discovery;
    }

    private static Set<String> ids(Discovery discovery) {
        var ids = new TreeSet<String>();
        discovery.targets().forEach(target -> ids.add(target.id()));
        return ids;
    }

    private void awaitTargets(Discovery discovery, String... ids) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ids(discovery)).containsExactly(ids));
    }

    private double count(String source) {
        return context.totals().getOrDefault("discovery-problems-total{source=" + source + "}", 0.0);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void write(String name, String text) throws IOException {
        // In one piece: a file that is being written looks empty for a moment.
        Path part = Files.writeString(folder.resolve(name + ".part"), text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
