package dev.andon.connect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.View;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

class ProberTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final DnsServer SERVER = new DnsServer("prod", "dns-1", "127.0.0.1", 53);

    private final List<Message> asked = new ArrayList<>();
    private final List<CompletableFuture<Message>> open = new ArrayList<>();
    private long nanos;

    @Test
    void asksAtAnEvenPaceAndSumsUpAnIntervalWhenItIsOver() {
        Prober prober = prober("*.probe.test/A");
        var records = new ArrayList<SpecificRecord>();
        for (int tenths = 0; tenths <= 50; tenths++) {
            nanos = tenths * 100_000_000L;
            records.addAll(prober.step());
            answer(tenths % 20 == 0 ? Rcode.SERVFAIL : Rcode.NOERROR);
        }

        assertThat(asked).hasSize(11);
        assertThat(records)
                .containsExactly(DnsErrors.newBuilder()
                        .setTime(T0.plusSeconds(5))
                        .setCluster("prod")
                        .setServer("dns-1")
                        .setView(View.PROBE)
                        .setIntervalMillis(5000)
                        .setResponses(10)
                        .setRcodes(Map.of("NOERROR", 7L, "SERVFAIL", 3L))
                        .setTimeouts(0L)
                        .build());
    }

    @Test
    void doesNotMakeUpForWhatItMissed() {
        Prober prober = prober("*.probe.test/A");
        prober.step();
        nanos = Duration.ofSeconds(60).toNanos();
        for (int i = 0; i < 100; i++) {
            prober.step();
        }

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksANameThatNoCacheCanKnow() {
        Prober prober = prober("*.probe.test/AAAA");
        prober.step();
        nanos = Duration.ofSeconds(1).toNanos();
        prober.step();

        assertThat(asked.stream()
                        .map(message -> message.getQuestion().getName())
                        .distinct())
                .hasSize(2)
                .allSatisfy(name -> assertThat(name.toString()).matches("andon-run-\\d+\\.probe\\.test\\."));
        assertThat(asked.get(0).getHeader().getFlag(Flags.RD)).isTrue();
    }

    @Test
    void countsTimeoutsAndAnswersThatAreNoneApart() {
        Prober prober = prober("a.test");
        prober.step();
        open.get(0).completeExceptionally(new SocketTimeoutException());
        nanos = Duration.ofSeconds(1).toNanos();
        prober.step();
        open.get(1).completeExceptionally(new WireParseException("bad"));
        nanos = Duration.ofSeconds(5).toNanos();

        DnsErrors sample = (DnsErrors) prober.step().get(0);
        assertThat(sample.getTimeouts()).isEqualTo(1);
        assertThat(sample.getRcodes()).isEqualTo(Map.of("MALFORMED", 1L));
    }

    @Test
    void countsAQuestionThatCannotEvenBeAsked() {
        Prober prober = new Prober(
                SERVER,
                settings("a.test", false),
                question -> {
                    throw new IllegalStateException("no route");
                },
                clock(),
                () -> nanos,
                "run");
        prober.step();
        nanos = Duration.ofSeconds(5).toNanos();

        assertThat(((DnsErrors) prober.step().get(0)).getTimeouts()).isEqualTo(2);
    }

    @Test
    void writesTheTimeToAnAnswerWhereItIsWanted() {
        Prober prober = new Prober(SERVER, settings("a.test", true), this::ask, clock(), () -> nanos, "run");
        prober.step();
        nanos = 250_000_000L;
        answer(Rcode.NOERROR);
        nanos = Duration.ofSeconds(5).toNanos();

        Measurement measured = (Measurement) prober.step().get(1);
        assertThat(measured.getSeries()).isEqualTo("dns/dns-1/probe-latency");
        assertThat(measured.getValue()).isEqualTo(0.25);
    }

    private Prober prober(String query) {
        return new Prober(SERVER, settings(query, false), this::ask, clock(), () -> nanos, "run");
    }

    private static ProbeSettings settings(String query, boolean latency) {
        return new ProbeSettings(
                List.of(SERVER),
                List.of(ProbeQuery.parse(query)),
                true,
                Duration.ofSeconds(5),
                2.0,
                Duration.ofSeconds(2),
                latency);
    }

    private CompletableFuture<Message> ask(Message question) {
        asked.add(question);
        var answer = new CompletableFuture<Message>();
        open.add(answer);
        return answer;
    }

    private void answer(int rcode) {
        for (int i = 0; i < open.size(); i++) {
            if (!open.get(i).isDone()) {
                Message answer = new Message(asked.get(i).getHeader().getID());
                answer.getHeader().setRcode(rcode);
                open.get(i).complete(answer);
            }
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return T0.plusNanos(nanos);
            }
        };
    }
}
