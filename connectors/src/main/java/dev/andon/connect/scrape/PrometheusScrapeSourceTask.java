package dev.andon.connect.scrape;

import dev.andon.connect.common.Version;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Scrapes a share of the targets, and follows those that are found while it runs. See {@link PrometheusScrapeSourceConnector}. */
public final class PrometheusScrapeSourceTask extends SourceTask {
    /** Short, so that the framework can pause and stop the task in between. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private volatile @Nullable ScrapeLoop loop;
    private volatile @Nullable Discovery discovery;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        ScrapeSettings settings = ScrapeSettings.parse(props);
        ScrapeMetrics metrics = ScrapeMetrics.of(context);
        var found = new Discovery(settings.discovery(), settings.targets(), System::nanoTime, metrics);
        discovery = found;
        loop = new ScrapeLoop(settings, found::targets, Clock.systemUTC(), System::nanoTime, metrics);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        ScrapeLoop current = loop;
        if (current == null) {
            return null;
        }
        List<SourceRecord> records = current.poll(LONGEST_POLL);
        return records.isEmpty() ? null : records;
    }

    /** Called from another thread than the one that polls. */
    @Override
    public void stop() {
        ScrapeLoop current = loop;
        loop = null;
        if (current != null) {
            current.close();
        }
        Discovery finding = discovery;
        discovery = null;
        if (finding != null) {
            finding.close();
        }
    }
}
