package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Defect;
import dev.andon.connect.exposition.Histogram;
import dev.andon.connect.exposition.Labels;
import dev.andon.connect.exposition.Malformed;
import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.PageAssembly;
import dev.andon.connect.totals.DeltaTracker;
import dev.andon.connect.totals.Origin;
import dev.andon.connect.totals.Scrape;
import dev.andon.connect.totals.TargetState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the scrapes of one server together again from the single series they were sent as, and takes the deltas between
 * them. A scrape is all samples of one timestamp. Used under the lock of {@link Receiver}.
 *
 * <p>Memory: one slot per series, and one number per slot for each of at most {@value #MAX_OPEN} scrapes that are open.
 */
final class ServerTotals {
    /** Beyond this the oldest is taken as it is. */
    static final int MAX_OPEN = 8;

    private final RemoteWriteSettings settings;
    private final Origin origin;
    private final ArrayDeque<OpenScrape> open = new ArrayDeque<>();
    private final List<KnownSeries> series = new ArrayList<>();
    private final Map<String, Map<Labels, HistogramParts>> histograms = new HashMap<>();
    private BitSet expected = new BitSet();
    private long closedMillis = Long.MIN_VALUE;
    private @Nullable DeltaTracker tracker;
    private TargetState state = TargetState.UNKNOWN;

    /**
     * What came of a scrape.
     *
     * @param step what it gave
     * @param malformed what of it contradicts itself, by reason
     */
    record Closed(DeltaTracker.Step step, Map<Defect, Malformed> malformed) {}

    ServerTotals(RemoteWriteSettings settings, Origin origin) {
        this.settings = settings;
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    void add(KnownSeries added, Meaning.Shown shown) {
        added.slot(series.size());
        series.add(added);
        if (tracker == null) {
            tracker = switch (shown.kind()) {
                case APISERVER -> DeltaTracker.apiserver(origin);
                case DNS -> DeltaTracker.dns(origin);
                case EITHER -> null;
            };
        }
        if (shown.part() != Meaning.Part.VALUE && shown.part() != Meaning.Part.WHOLE) {
            histograms
                    .computeIfAbsent(shown.metric(), metric -> new HashMap<>())
                    .computeIfAbsent(shown.labels(), labels -> new HistogramParts(shown.metric(), labels))
                    .add(added, shown);
        }
    }

    /** @return false when its scrape was already taken as complete */
    boolean set(int slot, long timeMillis, double value, @Nullable Histogram histogram, long nowMillis) {
        if (timeMillis <= closedMillis) {
            return false;
        }
        OpenScrape scrape = open.peekLast();
        if (scrape == null || scrape.timeMillis() != timeMillis) {
            scrape = at(timeMillis, nowMillis);
        }
        scrape.set(slot, value, histogram, expected, nowMillis);
        return true;
    }

    private OpenScrape at(long timeMillis, long nowMillis) {
        var later = new ArrayDeque<OpenScrape>();
        while (!open.isEmpty() && open.getLast().timeMillis() > timeMillis) {
            later.push(open.removeLast());
        }
        OpenScrape found = open.peekLast();
        if (found == null || found.timeMillis() != timeMillis) {
            found = new OpenScrape(timeMillis, series.size(), expected, nowMillis);
            open.addLast(found);
        }
        open.addAll(later);
        return found;
    }

    /** @return what the next scrape gives, if it can be taken as complete; to be asked again until empty */
    Optional<Closed> next(long nowMillis) {
        OpenScrape first = open.peekFirst();
        if (first == null || !isComplete(first, nowMillis)) {
            return Optional.empty();
        }
        open.removeFirst();
        return Optional.of(close(first));
    }

    private boolean isComplete(OpenScrape scrape, long nowMillis) {
        if (open.size() > MAX_OPEN) {
            return true;
        }
        if (scrape.missing() == 0 && !expected.isEmpty()) {
            return true;
        }
        long quiet = scrape.quietMillis(nowMillis);
        boolean enough = scrape.missing() == 0 || open.size() > 1;
        return quiet >= settings.maxSettle().toMillis()
                || (enough && quiet >= settings.settle().toMillis());
    }

    private Closed close(OpenScrape scrape) {
        closedMillis = scrape.timeMillis();
        expected = scrape.present();
        open.forEach(later -> later.expect(expected));
        var nothing = new DeltaTracker.Step(state, List.of(), Map.of());
        // A scrape that failed ends every series: the next one that succeeds covers the longer interval.
        if (expected.isEmpty() || tracker == null) {
            return new Closed(nothing, Map.of());
        }
        Page page = page(scrape);
        DeltaTracker.Step step = tracker.step(state, new Scrape(Instant.ofEpochMilli(closedMillis), page));
        state = step.next();
        return new Closed(step, page.malformed());
    }

    private Page page(OpenScrape scrape) {
        var page = new PageAssembly();
        Set<String> classic = new HashSet<>();
        histograms.forEach((metric, byLabels) -> byLabels.values().forEach(parts -> {
            if (parts.addTo(page, scrape)) {
                classic.add(metric);
            }
        }));
        for (int slot = expected.nextSetBit(0); slot >= 0; slot = expected.nextSetBit(slot + 1)) {
            if (series.get(slot).meaning() instanceof Meaning.Shown shown) {
                Histogram whole = scrape.histogram(slot);
                if (shown.part() == Meaning.Part.VALUE) {
                    page.value(shown.metric(), shown.labels(), scrape.value(slot));
                } else if (whole != null && !classic.contains(shown.metric())) {
                    page.histogram(shown.metric(), shown.labels(), whole);
                }
            }
        }
        return page.build();
    }

    /** Forgets series that have been silent for long, once no scrape is open. */
    void forget(Set<KnownSeries> silent) {
        if (!open.isEmpty()) {
            return;
        }
        List<KnownSeries> left =
                series.stream().filter(known -> !silent.contains(known)).toList();
        var live = new HashSet<KnownSeries>();
        expected.stream().mapToObj(series::get).forEach(live::add);
        series.clear();
        histograms.clear();
        expected = new BitSet();
        for (KnownSeries known : left) {
            if (known.meaning() instanceof Meaning.Shown shown) {
                add(known, shown);
                expected.set(known.slot(), live.contains(known));
            }
        }
    }

    boolean isIdle() {
        return open.isEmpty();
    }
}
