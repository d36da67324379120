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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private final Records records;
    private final ScrapeMetrics metrics;
    private final Supplier<List<Target>> targets;
    private List<Target> followed = List.of();
    private Map<Target, Lane> lanes = Map.of();
    private final BlockingQueue<Round> finished = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /**
     * @param targets what to scrape; the same object for as long as nothing has changed
     * @param clock stamps the samples
     * @param nanos monotonic, paces the scrapes
     */
    ScrapeLoop(
            ScrapeSettings settings,
            Supplier<List<Target>> targets,
            Clock clock,
            LongSupplier nanos,
            ScrapeMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.threads = Executors.newFixedThreadPool(threads(), daemons());
        this.fetcher = new PageFetcher(settings, threads);
        this.records = new Records(settings.topics());
        this.metrics = metrics;
        this.targets = targets;
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
            follow();
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

    /**
     * A target that stays keeps its totals and its rhythm, whatever becomes of the others. One that comes back begins anew;
     * what is still under way to one that went is written when it arrives.
     */
    private void follow() {
        List<Target> now = targets.get();
        if (now == followed) {
            return;
        }
        long nowNanos = nanos.getAsLong();
        var next = new LinkedHashMap<Target, Lane>();
        now.forEach(target -> {
            Lane lane = lanes.get(target);
            next.put(target, lane == null ? new Lane(target, settings, records, metrics, nowNanos) : lane);
        });
        if (!followed.isEmpty()) {
            LOG.info(
                    "Scraping {} targets: {} came, {} went",
                    next.size(),
                    next.keySet().stream()
                            .filter(target -> !lanes.containsKey(target))
                            .count(),
                    lanes.keySet().stream()
                            .filter(target -> !next.containsKey(target))
                            .count());
        }
        followed = now;
        lanes = next;
        metrics.targets(next.size());
    }

    private void beginDue() {
        for (Lane lane : lanes.values()) {
            if (lane.dueNanos() <= nanos.getAsLong()) {
                begin(lane);
            }
        }
    }

    private long nextDue() {
        return lanes.values().stream().mapToLong(Lane::dueNanos).min().orElse(Long.MAX_VALUE);
    }

    private void begin(Lane lane) {
        lane.begin();
        Wanted wanted = lane.wanted();
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long start = nanos.getAsLong();
        CompletableFuture<Round.Result> result = fetcher.fetch(lane.target())
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
