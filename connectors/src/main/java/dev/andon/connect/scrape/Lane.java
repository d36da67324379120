package dev.andon.connect.scrape;

import dev.andon.connect.exposition.Malformed;
import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.Wanted;
import dev.andon.connect.totals.DeltaTracker;
import dev.andon.connect.totals.Rejection;
import dev.andon.connect.totals.Scrape;
import dev.andon.connect.totals.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about one target that changes from scrape to scrape. Used by the polling thread only. */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusScrapeSourceTask.class);

    /** Something worth a warning that costs no sample. */
    private enum Notice {
        /** A scrape took so long that the next one is put off. */
        SLOW,
        /** Baseline follows baseline: several servers answer in turn at one address. */
        ALWAYS_RESTARTED
    }

    private final Target target;
    private final Duration interval;
    private final Records records;
    private final ScrapeMetrics metrics;
    private final DeltaTracker tracker;
    private final Conditions conditions;
    private final SplittableRandom jitter;
    private TargetState state = TargetState.UNKNOWN;
    private Schedule schedule;
    private boolean inFlight;
    private RestartScore restarts = RestartScore.NONE;

    Lane(Target target, ScrapeSettings settings, Records records, ScrapeMetrics metrics, long nowNanos) {
        this.target = target;
        this.interval = settings.interval();
        this.records = records;
        this.metrics = metrics;
        this.tracker = target.tracker();
        this.conditions = new Conditions(target);
        this.jitter = new SplittableRandom(target.id().hashCode());
        this.schedule = Schedule.first(nowNanos, interval, jitter.nextDouble());
    }

    Target target() {
        return target;
    }

    Wanted wanted() {
        return tracker.wanted(state);
    }

    /** @return when to scrape next; never while a scrape is under way */
    long dueNanos() {
        return inFlight ? Long.MAX_VALUE : schedule.dueNanos();
    }

    void begin() {
        inFlight = true;
    }

    /** @return what the scrape gave: samples and dead letters, in the order in which they are to be written */
    List<SourceRecord> finish(Round round) {
        inFlight = false;
        List<SourceRecord> out = finish(round, round.result());
        conditions.settle();
        return out;
    }

    private List<SourceRecord> finish(Round round, Round.Result result) {
        if (result instanceof Round.Read read) {
            return read(round, read.page());
        }
        schedule = schedule.afterFailure(round.startNanos(), interval, jitter.nextDouble());
        if (result instanceof Round.Refused refused) {
            return refused(round, refused);
        }
        if (result instanceof Round.Failed failed) {
            metrics.scraped(ScrapeMetrics.label(failed.failure().reason()), round.millis());
            conditions.report(failed.failure().reason(), failed.failure().message());
        }
        return List.of();
    }

    private List<SourceRecord> refused(Round round, Round.Refused refused) {
        String message = refused.why().getMessage();
        metrics.scraped("unreadable", round.millis());
        metrics.rejected(refused.why().defect(), 1);
        conditions.report(refused.why().defect(), "the page cannot be read: " + message);
        return List.of(records.refusedPage(
                target, round.time(), refused.body(), refused.why().defect(), "" + message));
    }

    private List<SourceRecord> read(Round round, Page page) {
        schedule = schedule.afterSuccess(round.startNanos(), round.endNanos(), interval);
        metrics.scraped("ok", round.millis());
        DeltaTracker.Step step = tracker.step(state, new Scrape(round.time(), page));
        state = step.next();
        var out = new ArrayList<SourceRecord>();
        step.samples().forEach(sample -> out.add(records.sample(target, round.time(), sample)));
        metrics.samples(out.size());
        step.rejections().forEach(this::rejected);
        watchRestarts(step.rejections().keySet());
        page.malformed().values().forEach(lines -> malformed(round, lines, out));
        if (2 * round.millis() > interval.toMillis()) {
            conditions.report(Notice.SLOW, "a scrape took " + round.millis() + " ms; scraping less often");
        }
        return out;
    }

    private void rejected(Rejection reason, int count) {
        metrics.rejected(reason, count);
        if (reason.lasting()) {
            conditions.report(reason, "the page gives fewer samples than it could");
        } else {
            LOG.info("Scraping {}: {}, a new baseline begins", target.id(), ScrapeMetrics.label(reason));
        }
    }

    private void watchRestarts(Set<Rejection> rejections) {
        boolean restarted =
                rejections.contains(Rejection.PROCESS_RESTARTED) || rejections.contains(Rejection.COUNTER_RESET);
        restarts = restarts.after(restarted);
        if (restarts.suspicious()) {
            conditions.report(
                    Notice.ALWAYS_RESTARTED,
                    "it seems to start again with nearly every scrape; if several servers answer at this address, name"
                            + " each of them");
        }
    }

    /** All lines are counted; one example is kept when this begins, not one with every scrape for hours. */
    private void malformed(Round round, Malformed lines, List<SourceRecord> out) {
        metrics.rejected(lines.defect(), lines.count());
        if (conditions.report(lines.defect(), lines.count() + " lines of the page cannot be read")) {
            out.add(records.refusedLines(target, round.time(), lines));
        }
    }
}
