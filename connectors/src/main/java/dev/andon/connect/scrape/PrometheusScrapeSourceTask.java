package dev.andon.connect.scrape;

import dev.andon.connect.common.Version;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Scrapes a share of the targets. See {@link PrometheusScrapeSourceConnector}. */
public final class PrometheusScrapeSourceTask extends SourceTask {
    /** Short, so that the framework can pause and stop the task in between. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private volatile @Nullable ScrapeLoop loop;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        loop = new ScrapeLoop(
                ScrapeSettings.parse(props), Clock.systemUTC(), System::nanoTime, ScrapeMetrics.of(context));
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
    }
}
