package dev.andon.connect.scrape;

import dev.andon.connect.exposition.Defect;
import dev.andon.connect.exposition.PageReader;
import dev.andon.connect.exposition.UnreadablePageException;
import dev.andon.connect.exposition.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes many targets at once, each in its own rhythm: at most one request per target is under way, and a target that
 * is slow or silent delays no other. Pages are fetched and read on threads of its own; everything that changes is
 * touched by the polling thread only.
 */
final class ScrapeLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusScrapeSourceTask.class);
    private static final int MAX_THREADS = 4;

    private final ScrapeSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ExecutorService threads;
    private final PageFetcher fetcher;
    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<Round> finished = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /**
     * @param clock stamps the samples
     * @param nanos monotonic, paces the scrapes
     */
    ScrapeLoop(ScrapeSettings settings, Clock clock, LongSupplier nanos, ScrapeMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.threads = Executors.newFixedThreadPool(threads(), daemons());
        this.fetcher = new PageFetcher(settings, threads);
        var records = new Records(settings.topics());
        long now = nanos.getAsLong();
        settings.targets().forEach(target -> lanes.add(new Lane(target, settings, records, metrics, now)));
    }

    /**
     * Begins the scrapes that are due and waits for one to finish.
     *
     * @param longest to wait
     * @return what the finished scrapes gave; empty when none finished or none gave anything
     */
    List<SourceRecord> poll(Duration longest) throws InterruptedException {
        long deadline = nanos.getAsLong() + longest.toNanos();
        var out = new ArrayList<SourceRecord>();
        while (out.isEmpty()) {
            beginDue();
            long wait = Math.min(deadline, nextDue()) - nanos.getAsLong();
            Round round = finished.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
            while (round != null) {
                out.addAll(round.lane().finish(round));
                round = finished.poll();
            }
            if (nanos.getAsLong() >= deadline) {
                break;
            }
        }
        return out;
    }

    /** Gives up what is under way. May be called from any thread. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }

    private void beginDue() {
        for (Lane lane : lanes) {
            if (lane.dueNanos() <= nanos.getAsLong()) {
                begin(lane);
            }
        }
    }

    private long nextDue() {
        return lanes.stream().mapToLong(Lane::dueNanos).min().orElse(Long.MAX_VALUE);
    }

    private void begin(Lane lane) {
        lane.begin();
        Wanted wanted = lane.wanted();
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long start = nanos.getAsLong();
        CompletableFuture<Round.Result> result = fetcher.fetch(lane.target().url())
                .thenApplyAsync(fetched -> read(fetched, wanted), threads)
                .exceptionally(fault -> unexpected(lane, fault));
        var unused = result.thenAccept(done -> finished.add(new Round(lane, time, start, nanos.getAsLong(), done)));
    }

    private Round.Result read(Fetched fetched, Wanted wanted) {
        if (fetched instanceof Fetched.Failed failed) {
            return new Round.Failed(failed);
        }
        var body = (Fetched.Body) fetched;
        try {
            if (body.tooLarge()) {
                throw new UnreadablePageException(
                        Defect.TOO_LARGE, "page is larger than " + settings.maxPageBytes() + " bytes");
            }
            var reader = new PageReader(wanted, settings.maxPageBytes());
            return new Round.Read(reader.read(body.body(), body.contentType(), body.contentEncoding()));
        } catch (UnreadablePageException e) {
            return new Round.Refused(body, e);
        }
    }

    private Round.Result unexpected(Lane lane, Throwable fault) {
        // A scrape that was under way at the end finds no thread to be read by, as it should.
        if (!closed) {
            LOG.error(
                    "Scraping {} failed in an unexpected way; please report this",
                    lane.target().id(),
                    fault);
        }
        return new Round.Failed(new Fetched.Failed(FetchFailure.UNEXPECTED, String.valueOf(fault)));
    }

    private static int threads() {
        return Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    private static ThreadFactory daemons() {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, "andon-scrape-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
