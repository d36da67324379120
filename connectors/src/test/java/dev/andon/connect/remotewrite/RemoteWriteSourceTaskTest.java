package dev.andon.connect.remotewrite;

import static dev.andon.connect.remotewrite.WriteRequest.HEADERS_1;
import static dev.andon.connect.remotewrite.WriteRequest.HEADERS_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.SingleObjectSerde;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteWriteSourceTaskTest {
    private static final String PATH = "/api/v1/write";

    /** Scrapes of the last seconds: samples must be of our time. */
    private final long t0 = Instant.now().toEpochMilli() - 60_000;

    private RunningTask task = start(Map.of());

    @AfterEach
    void stop() throws Exception {
        task.close();
    }

    @Test
    void turnsTwoScrapesIntoTheirDifferenceAndAnswersWhenKafkaHasIt() throws Exception {
        send1(new WriteRequest().latency(t0, "api-1", "LIST", 10, 5, 7, 8));
        awaitBaseline();
        HttpResponse<String> answer = send1(new WriteRequest().latency(t0 + 5000, "api-1", "LIST", 19, 6, 9, 11));

        assertThat(answer.statusCode()).isEqualTo(204);
        // Not awaited: the answer says that it is there.
        assertThat(latencies()).containsExactly(latency(5000, List.of(1L, 1L, 1L), 9.0));
    }

    @Test
    void understandsVersion2AndSaysHowMuchItTook() throws Exception {
        send1(new WriteRequest().latency(t0, "api-1", "LIST", 10, 5, 7, 8));
        awaitBaseline();
        HttpResponse<String> answer = task.post(
                PATH,
                HEADERS_2,
                new WriteRequest()
                        .latency(t0 + 5000, "api-1", "LIST", 19, 6, 9, 11)
                        .packed2());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
                .contains("5");
        assertThat(latencies()).containsExactly(latency(5000, List.of(1L, 1L, 1L), 9.0));
    }

    @Test
    void putsTogetherAScrapeThatWasSentInPartsAndOutOfOrder() throws Exception {
        send1(new WriteRequest().latency(t0, "api-1", "LIST", 10, 5, 7, 8).latency(t0, "api-1", "GET", 1, 1, 1, 1));
        awaitBaseline();
        send1(new WriteRequest().latency(t0 + 10_000, "api-1", "LIST", 30, 9, 9, 20));
        send1(new WriteRequest().latency(t0 + 5000, "api-1", "GET", 2, 2, 2, 2));
        assertThat(latencies()).isEmpty();
        send1(new WriteRequest().latency(t0 + 5000, "api-1", "LIST", 19, 6, 9, 11));

        assertThat(latencies())
                .extracting(
                        sample -> sample.getVerb() + " " + sample.getTime().toEpochMilli() + " " + sample.getCounts())
                .containsExactly("GET " + (t0 + 5000) + " [1, 0, 0]", "LIST " + (t0 + 5000) + " [1, 1, 1]");
    }

    @Test
    void takesAStaleMarkerForTheEndOfASeriesAndNotForAMissingPart() throws Exception {
        send1(new WriteRequest().latency(t0, "api-1", "LIST", 10, 5, 7, 8).sample(t0, 3, request("GET")));
        awaitBaseline();
        send1(new WriteRequest()
                .latency(t0 + 5000, "api-1", "LIST", 19, 6, 9, 11)
                .sample(t0 + 5000, BatchDecoder.STALE, request("GET")));

        assertThat(latencies()).hasSize(1);
    }

    @Test
    void coversTheLongerIntervalAfterAScrapeThatFailed() throws Exception {
        send1(new WriteRequest().sample(t0, 100, answers("NOERROR")));
        awaitBaseline();
        send1(new WriteRequest().sample(t0 + 5000, BatchDecoder.STALE, answers("NOERROR")));
        send1(new WriteRequest().sample(t0 + 10_000, 150, answers("NOERROR")));

        await().untilAsserted(() -> assertThat(written("andon.dns-errors", DnsErrors.class))
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.getIntervalMillis()).isEqualTo(10_000);
                    assertThat(sample.getRcodes()).isEqualTo(Map.of("NOERROR", 50L));
                }));
    }

    @Test
    void readsNativeHistogramsByPowersOfTwo() throws Exception {
        String[] labels = {
            "__name__",
            "apiserver_request_duration_seconds",
            "cluster",
            "prod",
            "instance",
            "api-1",
            "verb",
            "GET",
            "scope",
            "resource"
        };
        send1(new WriteRequest().histogram(nativeHistogram(t0, 3, 1.0, 2, 1), labels));
        awaitBaseline();
        // Schema 3 has eight buckets between 0.5 and 1: index 0 ends at 1, index 1 is just above it.
        send1(new WriteRequest().histogram(nativeHistogram(t0 + 5000, 7, 5.0, 4, 3), labels));

        assertThat(latencies()).singleElement().satisfies(sample -> {
            assertThat(sample.getUpperBoundsSeconds()).hasSize(18).contains(1.0, 2.0);
            int one = sample.getUpperBoundsSeconds().indexOf(1.0);
            assertThat(sample.getCounts().get(one)).isEqualTo(2);
            assertThat(sample.getCounts().get(one + 1)).isEqualTo(2);
            assertThat(sample.getSumSeconds()).isEqualTo(4.0);
        });
    }

    @Test
    void takesMappedSeriesAsTheyAre() throws Exception {
        restart(Map.of("measurements", "<job>/p99=job:latency:p99{env=prod} s HIGHER"));
        send1(new WriteRequest()
                .sample(t0, 0.25, "__name__", "job:latency:p99", "env", "prod", "job", "checkout", "cluster", "prod")
                .sample(t0, 9, "__name__", "job:latency:p99", "env", "test", "job", "checkout", "cluster", "prod"));

        assertThat(written("andon.measurements", Measurement.class))
                .extracting(Measurement::getSeries, Measurement::getValue, Measurement::getUnit, Measurement::getTime)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("checkout/p99", 0.25, "s", Instant.ofEpochMilli(t0)));
    }

    @Test
    void listensToOneOfTwoTwins() throws Exception {
        restart(Map.of("measurements", "m=m 1 HIGHER"));
        for (String twin : new String[] {"a", "b", "a"}) {
            send1(new WriteRequest().sample(t0, 1, "__name__", "m", "cluster", "prod", "prometheus_replica", twin));
        }

        assertThat(written("andon.measurements", Measurement.class)).hasSize(2);
        assertThat(task.totals()).containsEntry("rejected-total{reason=other_replica}", 1.0);
    }

    @Test
    void refusesWhatIsNotOfOurTimeAndTakesTheRest() throws Exception {
        restart(Map.of("measurements", "m=m 1 HIGHER"));
        long future = Instant.parse("2096-01-01T00:00:00Z").toEpochMilli();
        HttpResponse<String> answer = send1(new WriteRequest()
                .sample(future, 1, "__name__", "m", "cluster", "prod")
                .sample(0, 1, "__name__", "m", "cluster", "prod")
                .sample(t0, 1, "__name__", "m")
                .sample(t0, Double.NaN, "__name__", "m", "cluster", "prod")
                .sample(t0, 2, "__name__", "m", "cluster", "prod"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("1 samples: from_the_future", "1 samples: too_old", "1 samples: not_a_number")
                .contains("1 samples: no_origin (such as: m has no label 'cluster'; set external_labels");
        assertThat(written("andon.measurements", Measurement.class))
                .extracting(Measurement::getValue)
                .containsExactly(2.0);
        assertThat(reasons()).containsExactlyInAnyOrder("from_the_future", "too_old", "not_a_number", "no_origin");
    }

    @Test
    void refusesBucketsWithoutABoundAndLabelsWithoutMeasure() throws Exception {
        HttpResponse<String> answer = send1(new WriteRequest()
                .sample(
                        t0,
                        1,
                        "__name__",
                        "apiserver_request_duration_seconds_bucket",
                        "cluster",
                        "prod",
                        "instance",
                        "i")
                .sample(t0, 1, "__name__", "m", "l", "x".repeat(5000))
                .sample(t0, 1, "l", "nameless"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("1 samples: bad_bucket", "2 samples: bad_labels");
    }

    @Test
    void leavesOutBucketsThatFallAndSaysSo() throws Exception {
        send1(new WriteRequest().latency(t0, "api-1", "LIST", 10, 5, 7, 8).latency(t0, "api-1", "GET", 1, 1, 1, 1));
        awaitBaseline();
        send1(new WriteRequest()
                .latency(t0 + 5000, "api-1", "LIST", 19, 6, 3, 11)
                .latency(t0 + 5000, "api-1", "GET", 2, 2, 2, 2));

        await().untilAsserted(() -> assertThat(reasons()).containsExactly("bad_histogram"));
        assertThat(latencies()).extracting(ApiserverLatency::getVerb).containsExactly("GET");
        assertThat(task.totals()).containsEntry("rejected-total{reason=bad_histogram}", 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-protobuf;proto=other", ""})
    void refusesAnotherContentType(String type) throws Exception {
        HttpResponse<String> answer =
                task.post(PATH, Map.of("Content-Type", type, "Content-Encoding", "snappy"), new byte[0]);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(reasons()).containsExactly("wrong_content_type");
    }

    @Test
    void refusesWhatIsNotSnappyAndWhatIsNotProtobuf() throws Exception {
        HttpResponse<String> noSnappy = task.post(PATH, HEADERS_1, new byte[] {5, 1, 2, 3});
        HttpResponse<String> noProtobuf =
                task.post(PATH, HEADERS_1, WriteRequest.pack("not protobuf".getBytes(StandardCharsets.UTF_8)));

        assertThat(noSnappy.statusCode()).isEqualTo(400);
        assertThat(noProtobuf.statusCode()).isEqualTo(400);
        assertThat(reasons()).containsExactly("bad_snappy", "bad_protobuf");
    }

    @Test
    void refusesABombBeforeItUnfolds() throws Exception {
        restart(Map.of("unpacked.max.bytes", "65536"));
        HttpResponse<String> announced = task.post(PATH, HEADERS_1, WriteRequest.pack(new byte[65_537]));

        assertThat(announced.statusCode()).isEqualTo(400);
        assertThat(announced.body()).contains("announces 65537 bytes unpacked; at most 65536");
    }

    @Test
    void refusesABodyThatIsTooLargeAsItIsSent() throws Exception {
        restart(Map.of("body.max.bytes", "1024"));

        assertThat(task.post(PATH, HEADERS_1, new byte[2000]).statusCode()).isEqualTo(413);
    }

    @Test
    void asksToTryAgainWhileKafkaTakesNothing() throws Exception {
        restart(Map.of("measurements", "m=m 1 HIGHER", "request.timeout.ms", "200", "waiting.max.records", "1"));
        task.loseKafka();
        HttpResponse<String> first = send1(new WriteRequest().sample(t0, 1, "__name__", "m", "cluster", "prod"));
        HttpResponse<String> second = send1(new WriteRequest().sample(t0, 2, "__name__", "m", "cluster", "prod"));

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).contains("did not take it in time");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body()).contains("Kafka is behind");
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void turnsAwayWhoeverLacksTheToken() throws Exception {
        restart(Map.of("bearer.token", "s3cret"));
        var headers = new HashMap<>(HEADERS_1);
        assertThat(task.post(PATH, headers, new byte[0]).statusCode()).isEqualTo(401);
        headers.put("Authorization", "Bearer wrong");
        assertThat(task.post(PATH, headers, new byte[0]).statusCode()).isEqualTo(401);
        headers.put("Authorization", "Bearer s3cret");
        assertThat(task.post(PATH, headers, new WriteRequest().packed1()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void keepsNoMoreSeriesThanItMay() throws Exception {
        restart(Map.of("series.max", "1", "measurements", "m=m 1 HIGHER"));
        HttpResponse<String> answer = send1(new WriteRequest()
                .sample(t0, 1, "__name__", "m", "cluster", "a")
                .sample(t0, 1, "__name__", "m", "cluster", "b")
                .sample(t0, 2, "__name__", "m", "cluster", "a"));

        assertThat(answer.body()).contains("1 samples: too_many_series");
        assertThat(written("andon.measurements", Measurement.class)).hasSize(2);
    }

    private HttpResponse<String> send1(WriteRequest request) throws Exception {
        return task.post(PATH, HEADERS_1, request.packed1());
    }

    /** The first scrape has none before it, so only time can tell that it is complete. */
    private void awaitBaseline() {
        await().until(() -> task.totals().containsKey("scrapes-total{outcome=baseline}"));
    }

    private void restart(Map<String, String> more) throws Exception {
        task.close();
        task = start(more);
    }

    private static RunningTask start(Map<String, String> more) {
        var props = new HashMap<>(more);
        props.put("listen.port", "0");
        props.put("scrape.settle.ms", "100");
        return new RunningTask(new RemoteWriteSourceTask(), props);
    }

    private List<ApiserverLatency> latencies() {
        return written("andon.apiserver-latency", ApiserverLatency.class);
    }

    private <T extends SpecificRecord> List<T> written(String topic, Class<T> type) {
        var serde = new SingleObjectSerde<>(type);
        return task.written(topic).stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }

    private List<String> reasons() {
        return task.written("andon.dead-letters").stream()
                .map(RemoteWriteSourceTaskTest::reason)
                .toList();
    }

    private static String reason(SourceRecord letter) {
        return (String) letter.headers().lastWithName("andon.reason").value();
    }

    private ApiserverLatency latency(int afterMillis, List<Long> counts, double sum) {
        return ApiserverLatency.newBuilder()
                .setTime(Instant.ofEpochMilli(t0 + afterMillis))
                .setCluster("prod")
                .setInstance("api-1")
                .setVerb("LIST")
                .setScope("resource")
                .setIntervalMillis(afterMillis)
                .setUpperBoundsSeconds(List.of(0.1, 1.0))
                .setCounts(counts)
                .setSumSeconds(sum)
                .build();
    }

    private static String[] request(String verb) {
        return new String[] {
            "__name__",
            "apiserver_request_total",
            "cluster",
            "prod",
            "instance",
            "api-1",
            "verb",
            verb,
            "scope",
            "resource",
            "code",
            "200"
        };
    }

    private static String[] answers(String rcode) {
        return new String[] {
            "__name__", "coredns_dns_responses_total", "cluster", "prod", "instance", "dns-1", "rcode", rcode
        };
    }

    /** Schema 3, one span of two buckets from index 0 on. */
    private static byte[] nativeHistogram(long millis, long count, double sum, long first, long second) {
        return WriteRequest.message(out -> {
            out.writeUInt64(1, count);
            out.writeDouble(3, sum);
            out.writeSInt32(4, 3);
            out.writeByteArray(11, WriteRequest.message(span -> {
                span.writeSInt32(1, 0);
                span.writeUInt32(2, 2);
            }));
            out.writeByteArray(12, WriteRequest.message(deltas -> {
                deltas.writeSInt64NoTag(first);
                deltas.writeSInt64NoTag(second - first);
            }));
            out.writeInt64(15, millis);
        });
    }
}
