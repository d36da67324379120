package dev.andon.connect.common;

import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Keeps signals back while another sink has its chance. A signal is let go when that sink has given up or has not come as
 * far as it must in time, and dropped when it has.
 *
 * <p>Records of deliveries may be read before the signals that they are about: the last 10 000 are remembered.
 */
final class Escalation {
    private static final int REMEMBERED = 10_000;

    /** A signal that is kept back. */
    private record Waiting(SinkRecord record, Signal signal, Instant due) {}

    /** A signal to be sent now, worded so that it says why. */
    record Released(SinkRecord record, Signal signal) {}

    /** A signal that need not be sent. */
    record Dropped(SinkRecord record, Signal signal, String why) {}

    private final EscalationSettings settings;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Optional<String>> words = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
            return size() > REMEMBERED;
        }
    };

    Escalation(EscalationSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes a signal in.
     *
     * @return what need not be sent any more because of it
     */
    List<Dropped> keep(SinkRecord record, Signal signal, Instant now) {
        // The end of a trouble is not worth waiting for anybody: who was never told of it loses nothing. What is only
        // said again, because it did not take, gives the other sink no further time.
        Instant due = signal.getAction() == Action.CLEAR
                ? now
                : repeated(signal).map(Waiting::due).orElse(now.plus(settings.within()));
        List<Dropped> dropped = new ArrayList<>(supersede(signal));
        waiting.put(signal.getSignalId(), new Waiting(record, signal, due));
        return dropped;
    }

    private Optional<Waiting> repeated(Signal signal) {
        return waiting.values().stream()
                .filter(other -> Notice.subject(other.signal()).equals(Notice.subject(signal)))
                .filter(other -> other.signal().getAction() == signal.getAction())
                .findFirst();
    }

    /** Drops what is kept back about the same subject because this was said later. */
    List<Dropped> supersede(Signal signal) {
        List<Dropped> dropped = new ArrayList<>();
        waiting.values().removeIf(other -> {
            boolean same = Notice.subject(other.signal()).equals(Notice.subject(signal));
            if (same) {
                dropped.add(new Dropped(
                        other.record(), other.signal(), "not sent: superseded by signal " + signal.getSignalId()));
            }
            return same;
        });
        return dropped;
    }

    /** Takes note of what a sink did. */
    void heard(Delivery delivery) {
        if (!delivery.getSink().equals(settings.sink())) {
            return;
        }
        boolean gaveUp = delivery.getStatus() == DeliveryStatus.FAILED && delivery.getRetryAt() == null;
        if (gaveUp) {
            words.put(delivery.getSignalId(), Optional.of(String.valueOf(delivery.getDetail())));
        } else if (rank(delivery.getStatus()) >= rank(settings.status())) {
            words.put(delivery.getSignalId(), Optional.empty());
        }
    }

    /** What need not be sent, because the other sink did it. */
    List<Dropped> satisfied() {
        List<Dropped> dropped = new ArrayList<>();
        waiting.values().removeIf(kept -> {
            String id = kept.signal().getSignalId();
            boolean done = words.containsKey(id)
                    && word(kept.signal()).isEmpty()
                    && kept.signal().getAction() != Action.CLEAR;
            if (done) {
                dropped.add(new Dropped(
                        kept.record(),
                        kept.signal(),
                        "not sent: " + settings.sink() + " has recorded " + settings.status()));
            }
            return done;
        });
        return dropped;
    }

    /** What must be sent now. */
    List<Released> released(Instant now) {
        List<Released> released = new ArrayList<>();
        waiting.values().removeIf(kept -> {
            Optional<String> failure = word(kept.signal());
            boolean goes = failure.isPresent() || !kept.due().isAfter(now);
            if (goes) {
                released.add(new Released(kept.record(), worded(kept.signal(), failure)));
            }
            return goes;
        });
        return released;
    }

    /** Why the other sink gave up; empty when it did not. */
    private Optional<String> word(Signal signal) {
        return words.getOrDefault(signal.getSignalId(), Optional.empty());
    }

    private Signal worded(Signal signal, Optional<String> failure) {
        if (signal.getAction() == Action.CLEAR) {
            return signal;
        }
        String why = failure.map(detail -> settings.sink() + " gave up: " + detail)
                .orElse(settings.sink() + " has not recorded " + settings.status() + " within "
                        + settings.within().toMillis() + " ms");
        return Signal.newBuilder(signal)
                .setReason("[escalated: " + why + "] " + signal.getReason())
                .build();
    }

    Optional<Instant> nextDue() {
        return waiting.values().stream().map(Waiting::due).min(Comparator.naturalOrder());
    }

    void forget(Collection<TopicPartition> partitions) {
        waiting.values().removeIf(kept -> partitions.contains(Held.partition(kept.record())));
    }

    private static int rank(DeliveryStatus status) {
        return switch (status) {
            case SENT -> 1;
            case ACKNOWLEDGED -> 2;
            case VERIFIED -> 3;
            case FAILED, SUPPRESSED, UNKNOWN -> 0;
        };
    }
}
