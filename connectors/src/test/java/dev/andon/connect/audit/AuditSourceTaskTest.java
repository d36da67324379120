package dev.andon.connect.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.SingleObjectSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditSourceTaskTest {
    private final RunningTask task = new RunningTask(
            new AuditSourceTask(), Map.of("listen.port", "0", "interval.ms", "1000", "lateness.ms", "500"));

    @AfterEach
    void stop() {
        task.close();
    }

    @Test
    void writesWhoCalledOfWhichClusterAndInstance() throws Exception {
        int status = post("/v1/audit/prod/api-1", event(Instant.now()));

        assertThat(status).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(task.written("andon.apiserver-latency")).hasSize(1));
        ApiserverLatency sample = new SingleObjectSerde<>(ApiserverLatency.class)
                .decode((byte[]) task.written("andon.apiserver-latency").get(0).value());
        assertThat(sample.getCluster()).isEqualTo("prod");
        assertThat(sample.getInstance()).isEqualTo("api-1");
        assertThat(sample.getClient()).isEqualTo("system:serviceaccount:ns:agent");
        assertThat(sample.getCodes()).isEqualTo(Map.of("200", 1L));
    }

    @Test
    void refusesAPathThatNamesNoCluster() throws Exception {
        assertThat(post("/audit", event(Instant.now()))).isEqualTo(400);
        assertThat(task.totals()).containsEntry("rejected-total{reason=no_origin}", 1.0);
    }

    @Test
    void countsWhatComesTooLateAndKeepsWhatIsOfTheFuture() throws Exception {
        assertThat(post("/prod/api-1", event(Instant.now().minusSeconds(3600)))).isEqualTo(200);
        assertThat(post("/prod/api-1", event(Instant.now().plusSeconds(3600)))).isEqualTo(200);

        assertThat(task.totals()).containsEntry("rejected-total{reason=late}", 1.0);
        assertThat(task.written("andon.dead-letters"))
                .extracting(
                        letter -> letter.headers().lastWithName("andon.reason").value())
                .containsExactly("from_the_future");
    }

    private int post(String path, String body) throws Exception {
        return task.post(path, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8))
                .statusCode();
    }

    private static String event(Instant ended) {
        return "{\"kind\":\"EventList\",\"items\":[{\"stage\":\"ResponseComplete\",\"verb\":\"list\",\"user\":{\"username\":"
                + "\"system:serviceaccount:ns:agent\"},\"objectRef\":{\"resource\":\"pods\"},\"responseStatus\":{\"code\":200},"
                + "\"requestReceivedTimestamp\":\"" + ended.minusMillis(20) + "\",\"stageTimestamp\":\"" + ended
                + "\"}]}";
    }
}
