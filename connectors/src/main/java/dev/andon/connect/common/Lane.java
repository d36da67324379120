package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that waits for one receiver. At most one notice per subject waits: a newer one takes its place. One attempt is made
 * at a time, the most urgent first. After a failure that is the receiver's the whole lane pauses, longer each time, and
 * then tries with one notice: a receiver that is down costs one attempt per pause and holds up no other lane.
 */
final class Lane {
    /** Who wants to know that a record is done with. */
    @FunctionalInterface
    interface Settlement {
        /** @param rejection why it could not be delivered; null when it was, or need not be any more */
        void settled(SinkRecord record, @Nullable DataException rejection);
    }

    /** Back to the caller after this long, well before the default max.poll.interval.ms of 5 minutes. */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(60);

    private static final Comparator<Parcel> MOST_URGENT =
            Comparator.<Parcel>comparingInt(parcel -> parcel.notice.rank()).thenComparingLong(parcel -> parcel.number);

    private final Sender sender;
    private final SinkSettings settings;
    private final Journal journal;
    private final Settlement settlement;
    private final Clock clock;
    private final Pacer pacer;
    private final Health health;
    private final Map<String, Parcel> standing = new LinkedHashMap<>();
    private long numbers;
    private boolean working;

    Lane(Sender sender, SinkSettings settings, Journal journal, Settlement settlement, Clock clock) {
        this.sender = sender;
        this.settings = settings;
        this.journal = journal;
        this.settlement = settlement;
        this.clock = clock;
        this.pacer = new Pacer(sender.pace());
        this.health = new Health(settings.sink(), sender.target());
    }

    Sender sender() {
        return sender;
    }

    /** Whether the receiver took the last thing that it was sent, as far as that was its own fault. */
    synchronized boolean good() {
        return health.good();
    }

    /** Takes a notice in; what waited about the same subject is dropped, unless it is the same notice. */
    synchronized void accept(SinkRecord record, Notice notice, Errand errand) {
        Parcel before = standing.get(notice.subject());
        if (before != null && before.notice.id().equals(notice.id())) {
            settlement.settled(record, null);
            return;
        }
        supersede(notice.subject(), notice.name());
        standing.put(notice.subject(), new Parcel(record, notice, errand, numbers++, clock.instant()));
    }

    /** Drops what waits about a subject because something newer was said about it. */
    synchronized void supersede(String subject, String by) {
        Parcel before = standing.remove(subject);
        if (before != null) {
            if (before.reached == null || before.failingSince != null) {
                journal.suppressed(before.notice, sender.target(), "not sent: superseded by " + by);
            }
            settlement.settled(before.record, null);
        }
    }

    /** Whether the caller may now {@link #work} or {@link #check}; false while somebody else does. */
    synchronized boolean claim() {
        boolean free = !working;
        working = true;
        return free;
    }

    private synchronized void leave() {
        working = false;
    }

    /** Asks the receiver whether it is there, then makes the attempts that are due. Needs a {@link #claim}. */
    void check() {
        try {
            Optional<Outcome> outcome = sender.check(clock.instant());
            synchronized (this) {
                outcome.ifPresent(health::checked);
            }
        } finally {
            work();
        }
    }

    /** Makes the attempts that are due. Needs a {@link #claim}. */
    void work() {
        try {
            Instant start = clock.instant();
            Optional<Parcel> due = due();
            while (due.isPresent()) {
                attempt(due.get());
                boolean tooLong = Duration.between(start, clock.instant()).compareTo(LONGEST_WORK) > 0;
                due = tooLong ? Optional.empty() : due();
            }
        } finally {
            leave();
        }
    }

    /** Whether an attempt is being made right now. */
    synchronized boolean working() {
        return working;
    }

    private synchronized Optional<Parcel> due() {
        Instant now = clock.instant();
        for (Parcel parcel : List.copyOf(standing.values())) {
            expire(parcel, now);
        }
        if (health.pausedUntil().isAfter(now) || pacer.next(now).isAfter(now)) {
            return Optional.empty();
        }
        return standing.values().stream()
                .filter(parcel -> !parcel.next.isAfter(now))
                .min(MOST_URGENT);
    }

    private void expire(Parcel parcel, Instant now) {
        Instant expires = parcel.notice.expires();
        if (expires != null && !now.isBefore(expires)) {
            standing.remove(parcel.notice.subject());
            if (parcel.reached == null || parcel.failingSince != null) {
                journal.suppressed(parcel.notice, sender.target(), "not sent: the signal expired at " + expires);
            }
            settlement.settled(parcel.record, null);
        }
    }

    /** When there will be something to do; empty when nothing waits. */
    synchronized Optional<Instant> nextDue(Instant now) {
        return standing.values().stream()
                .map(parcel -> parcel.next)
                .min(Comparator.naturalOrder())
                .map(next -> later(later(next, health.pausedUntil()), pacer.next(now)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void attempt(Parcel parcel) {
        Instant now = clock.instant();
        Outcome outcome;
        try {
            outcome = parcel.errand.attempt(now);
        } catch (RuntimeException e) {
            // Without the message: nobody knows what is in it.
            outcome = Outcome.unsendable(
                    Reason.UNSENDABLE, "the sink failed with " + e.getClass().getName() + "; please report this");
        }
        synchronized (this) {
            if (outcome.latency().isPresent()) {
                pacer.made(now);
            }
            journal.count(outcome);
            finish(parcel, outcome, now);
        }
    }

    private void finish(Parcel parcel, Outcome outcome, Instant began) {
        boolean stands = standing.get(parcel.notice.subject()) == parcel;
        if (outcome.latency().isPresent() || outcome.kind() != Kind.REJECTED) {
            parcel.attempts++;
        }
        switch (outcome.kind()) {
            case DELIVERED, UNCONCERNED -> {
                health.well();
                delivered(parcel, outcome, stands);
            }
            case REJECTED -> {
                health.rejected(outcome);
                journal.attempted(parcel.notice, sender.target(), parcel.attempts, outcome, outcome.detail(), null);
                if (stands) {
                    reject(parcel, outcome.detail());
                }
            }
            case RETRY -> retry(parcel, outcome, began, stands);
        }
    }

    private void delivered(Parcel parcel, Outcome outcome, boolean stands) {
        boolean news = parcel.failingSince != null
                || outcome.status() != parcel.reached
                || !outcome.detail().equals(parcel.saying);
        if (outcome.kind() == Kind.DELIVERED && news) {
            String detail = outcome.said().orElse(null);
            journal.attempted(parcel.notice, sender.target(), parcel.attempts, outcome, detail, null);
            parcel.reached = outcome.status();
            parcel.saying = outcome.detail();
        }
        parcel.failingSince = null;
        if (stands && outcome.again().isPresent()) {
            parcel.next = clock.instant().plus(outcome.again().get());
        } else if (stands) {
            settle(parcel, null);
        }
    }

    private void retry(Parcel parcel, Outcome outcome, Instant began, boolean stands) {
        Instant now = clock.instant();
        if (parcel.failingSince == null) {
            parcel.failingSince = began;
            parcel.attempts = 1;
        }
        Instant deadline = parcel.failingSince.plus(settings.deliveryTimeout());
        if (!stands) {
            journal.attempted(parcel.notice, sender.target(), parcel.attempts, outcome, outcome.detail(), null);
        } else if (now.isBefore(deadline)) {
            tryAgain(parcel, outcome, now, deadline);
        } else {
            String detail = outcome.detail() + "; given up after " + parcel.attempts + " attempts in "
                    + Duration.between(parcel.failingSince, now).toMillis() + " ms";
            journal.attempted(parcel.notice, sender.target(), parcel.attempts, outcome, detail, null);
            reject(parcel, detail + " (" + SinkOptions.DELIVERY_TIMEOUT_MS + ")");
        }
    }

    private void tryAgain(Parcel parcel, Outcome outcome, Instant now, Instant deadline) {
        boolean receiverIsDown = outcome.reason().blamesReceiver();
        long failures = receiverIsDown ? health.failed(outcome) : parcel.attempts;
        Duration wait = outcome.retryAfter()
                .map(asked -> asked.compareTo(settings.backoff()) < 0 ? settings.backoff() : asked)
                .orElse(settings.backoffAfter(failures));
        // A receiver that asks for more time than there is gets its last chance when the time ends.
        Instant due = now.plus(wait).isAfter(deadline) ? deadline : now.plus(wait);
        parcel.next = due;
        if (receiverIsDown) {
            health.pause(due);
        }
        journal.attempted(parcel.notice, sender.target(), parcel.attempts, outcome, outcome.detail(), due);
    }

    private void reject(Parcel parcel, String detail) {
        settle(
                parcel,
                new DataException(parcel.notice.name() + " is not delivered to " + sender.target() + ": " + detail));
    }

    private void settle(Parcel parcel, @Nullable DataException rejection) {
        standing.remove(parcel.notice.subject());
        settlement.settled(parcel.record, rejection);
    }

    /** Others will deliver what came from these partitions. */
    synchronized void forget(Collection<TopicPartition> partitions) {
        standing.values().removeIf(parcel -> partitions.contains(Held.partition(parcel.record)));
    }
}
