package dev.andon.http.view;

import dev.andon.domain.DnsSample;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Adds up the samples of one interval of one cluster, by view. Constant time and memory. */
final class DnsWindow {
    private long slot = Long.MIN_VALUE;
    private long intervalMillis = 1;
    private Map<DnsSample.View, Sums> views = new EnumMap<>(DnsSample.View.class);
    private Optional<DnsLevel> finished = Optional.empty();
    private long newestMillis;
    private final Trail trail;

    /** @param trail takes in every finished interval: questions per second, ratio of errors, ratio of stale answers */
    DnsWindow(Trail trail) {
        this.trail = trail;
    }

    private record Sums(double asked, double failed, double stale) {
        static final Sums NONE = new Sums(0, 0, 0);

        Sums plus(DnsSample sample) {
            long known = 0;
            long fine = 0;
            for (Map.Entry<String, Long> entry : sample.rcodes().entrySet()) {
                known += entry.getValue();
                if (fine(entry.getKey())) fine += entry.getValue();
            }
            return new Sums(
                    asked + sample.responses() + sample.timeouts(),
                    failed + (known - fine) + sample.timeouts(),
                    stale + Math.min(sample.staleAnswers(), sample.responses()));
        }

        /** A name that provably does not exist is an answer, not a failure. */
        private static boolean fine(String rcode) {
            return rcode.equals("NOERROR") || rcode.equals("NXDOMAIN");
        }

        double errorRatio() {
            return asked == 0 ? 0 : failed / asked;
        }

        double staleRatio() {
            return asked == 0 ? 0 : stale / asked;
        }
    }

    void add(DnsSample sample) {
        long length = sample.interval().toMillis();
        long at = Math.floorDiv(sample.time().toEpochMilli(), length);
        if (at < slot && length == intervalMillis) return;
        if (at != slot || length != intervalMillis) begin(at, length);
        newestMillis = Math.max(newestMillis, sample.time().toEpochMilli());
        Sums before = views.getOrDefault(sample.view(), Sums.NONE);
        views.put(sample.view(), before.plus(sample));
    }

    /** @return the newest complete interval, or what there is of the first */
    Optional<DnsLevel> level() {
        return finished.isPresent() ? finished : current();
    }

    private void begin(long newSlot, long newIntervalMillis) {
        current().ifPresent(level -> {
            finished = Optional.of(level);
            trail.add(newestMillis, level.questionsPerSecond(), level.errorRatio(), level.staleRatio());
        });
        newestMillis = 0;
        slot = newSlot;
        intervalMillis = newIntervalMillis;
        views = new EnumMap<>(DnsSample.View.class);
    }

    private Optional<DnsLevel> current() {
        Sums worst = Sums.NONE;
        double stale = 0;
        for (Sums sums : views.values()) {
            if (worst.asked() == 0 || sums.errorRatio() > worst.errorRatio()) worst = sums;
            stale = Math.max(stale, sums.staleRatio());
        }
        if (worst.asked() == 0) return Optional.empty();
        return Optional.of(new DnsLevel(worst.asked() * 1000 / intervalMillis, worst.errorRatio(), stale));
    }
}
