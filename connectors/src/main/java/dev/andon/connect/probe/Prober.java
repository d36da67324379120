package dev.andon.connect.probe;

import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.Worse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

/**
 * Asks one server at an even pace and sums up what came of it. It never asks faster than it was told: what was missed is
 * not made up for. Used by the polling thread; only answers arrive on another.
 */
final class Prober {
    private final DnsServer server;
    private final ProbeSettings settings;
    private final Exchange exchange;
    private final Clock clock;
    private final LongSupplier nanos;
    private final long spacingNanos;
    private final String run;
    private long nextNanos;
    private long number;
    private Instant begin;
    private volatile Tally tally = new Tally();

    /** @param run a word that no earlier run has used, so that names are new after a restart */
    Prober(DnsServer server, ProbeSettings settings, Exchange exchange, Clock clock, LongSupplier nanos, String run) {
        this.server = server;
        this.settings = settings;
        this.exchange = exchange;
        this.clock = clock;
        this.nanos = nanos;
        this.run = run;
        this.spacingNanos = (long) (1e9 / settings.queriesPerSecond());
        this.nextNanos = nanos.getAsLong();
        this.begin = clock.instant();
    }

    DnsServer server() {
        return server;
    }

    /** @return when to call {@link #step} next, on the monotonic clock */
    long dueNanos() {
        return nextNanos;
    }

    /** Asks if it is time to, and @return what the interval that has just ended gave, if one has */
    List<SpecificRecord> step() {
        long now = nanos.getAsLong();
        if (now >= nextNanos) {
            nextNanos = Math.max(nextNanos + spacingNanos, now + spacingNanos / 2);
            ask();
        }
        Instant time = clock.instant();
        Duration interval = Duration.between(begin, time);
        return interval.compareTo(settings.interval()) < 0 ? List.of() : close(time, interval);
    }

    private void ask() {
        ProbeQuery query =
                settings.queries().get((int) (number % settings.queries().size()));
        Message question = query.message("andon-" + run + "-" + number++, settings.recursive());
        long asked = nanos.getAsLong();
        CompletionStage<Message> answer;
        try {
            answer = exchange.ask(question);
        } catch (RuntimeException cannotAsk) {
            tally.unanswered();
            return;
        }
        var unused =
                answer.whenComplete((message, failure) -> ended(message, failure, (nanos.getAsLong() - asked) / 1e9));
    }

    private void ended(@Nullable Message answer, @Nullable Throwable failure, double seconds) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (answer != null) {
            tally.answered(Rcode.string(answer.getRcode()), seconds);
        } else if (cause instanceof WireParseException) {
            tally.answered(Tally.MALFORMED, seconds);
        } else {
            tally.unanswered();
        }
    }

    private List<SpecificRecord> close(Instant time, Duration interval) {
        Tally ended = tally;
        tally = new Tally();
        begin = time;
        if (ended.isEmpty()) {
            return List.of();
        }
        DnsErrors sample = ended.sample(server, time, interval.toMillis());
        var records = new ArrayList<SpecificRecord>();
        records.add(sample);
        OptionalDouble median = ended.medianSeconds();
        if (settings.latency() && median.isPresent()) {
            records.add(Measurement.newBuilder()
                    .setTime(time)
                    .setCluster(server.cluster())
                    .setSeries("dns/" + server.name() + "/probe-latency")
                    .setValue(median.getAsDouble())
                    .setUnit("s")
                    .setWorse(Worse.HIGHER)
                    .build());
        }
        return records;
    }
}
