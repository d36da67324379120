package dev.andon.connect.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RolloutEventsSourceTaskTest {
    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer t0ken");

    private final RunningTask task = new RunningTask(
            new RolloutEventsSourceTask(),
            Map.of(
                    "listen.port", "0",
                    "argocd.token", "t0ken",
                    "argo.rollouts.token", "t0ken",
                    "flagger.token", "t0ken",
                    "spinnaker.token", "t0ken",
                    "github.secret", "s3cret",
                    "environment.clusters", "production=prod-1"));

    @AfterEach
    void stop() {
        task.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Running, Progressing, PROGRESSING, 2026-01-01T00:00:00Z",
        "Succeeded, Progressing, PROGRESSING, 2026-01-01T00:00:00Z",
        "Succeeded, Healthy, COMPLETED, 2026-01-01T00:01:00Z",
        "Failed, Healthy, ABORTED, 2026-01-01T00:01:00Z"
    })
    void understandsArgoCd(String phase, String health, Phase expected, Instant time) throws Exception {
        post("argocd/prod-1", TOKEN, """
                {"application":"web","namespace":"shop","revision":"0123456789abcdef0123456789abcdef01234567",
                 "phase":"%s","health":"%s","startedAt":"2026-01-01T00:00:00Z","finishedAt":"2026-01-01T00:01:00Z"}""".formatted(phase, health));

        RolloutEvent event = onlyEvent();
        assertThat(event.getPhase()).isEqualTo(expected);
        assertThat(event.getTime()).isEqualTo(time);
        assertThat(event.getRolloutId()).isEqualTo("web@0123456789ab");
        assertThat(event.getCluster()).isEqualTo("prod-1");
        assertThat(event.getController().getReference()).isEqualTo("web");
    }

    @Test
    void understandsArgoRolloutsWithNumbersInQuotes() throws Exception {
        post("argo-rollouts", TOKEN, """
                {"cluster":"prod-1","name":"web","namespace":"shop","phase":"Paused","aborted":"false","revision":"6d4cf56db6",
                 "updated":"3","total":"10","serviceAccount":"<no value>","time":"2026-01-01T00:00:00Z"}""");

        RolloutEvent event = onlyEvent();
        assertThat(event.getPhase()).isEqualTo(Phase.PAUSED);
        assertThat(event.getUpdated()).isEqualTo(3);
        assertThat(event.getTotal()).isEqualTo(10);
        assertThat(event.getIdentity()).isEqualTo("system:serviceaccount:shop:default");
        assertThat(event.getWorkload().getKind()).isEqualTo("Rollout");
        assertThat(event.getController().getType()).isEqualTo("argo-rollouts");
    }

    @Test
    void readsTheWeightOfAFlaggerCanaryAndItsTokenInTheMetadata() throws Exception {
        post("flagger/prod-1", Map.of(), """
                {"name":"podinfo","namespace":"test","phase":"Progressing","checksum":"85d557f47b",
                 "metadata":{"eventMessage":"Advance podinfo.test canary weight 20","eventType":"Normal",
                             "timestamp":"1767225600000","token":"t0ken"}}""");

        RolloutEvent event = onlyEvent();
        assertThat(event.getPhase()).isEqualTo(Phase.PROGRESSING);
        assertThat(event.getTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(event.getUpdated()).isEqualTo(20);
        assertThat(event.getTotal()).isEqualTo(100);
        assertThat(event.getRolloutId()).isEqualTo("test/podinfo@85d557f47b");
    }

    @Test
    void tellsEveryAccountOfASpinnakerExecution() throws Exception {
        String basic = java.util.Base64.getEncoder().encodeToString("andon:t0ken".getBytes(StandardCharsets.UTF_8));
        post("spinnaker", Map.of("Authorization", "Basic " + basic), """
                {"details":{"type":"orca:pipeline:starting","application":"shop"},
                 "content":{"execution":{"id":"01J","name":"deploy","application":"shop","status":"RUNNING","startTime":1767225600000,
                  "stages":[{"type":"bake"},
                   {"type":"deployManifest","context":{"account":"prod-1","manifests":[{"kind":"DaemonSet","metadata":{"name":"agent","namespace":"obs"}}]}},
                   {"type":"deployManifest","context":{"account":"prod-2","manifests":[{"kind":"DaemonSet","metadata":{"name":"agent","namespace":"obs"}}]}}]}}}""");

        assertThat(events())
                .extracting(event -> event.getCluster() + " " + event.getRolloutId() + " "
                        + event.getWorkload().getKind() + " " + event.getPhase())
                .containsExactly("prod-1 01J DaemonSet PROGRESSING", "prod-2 01J DaemonSet PROGRESSING");
    }

    @Test
    void trustsGitHubBySignature() throws Exception {
        String body = """
                {"deployment":{"id":7,"sha":"0123456789abcdef","environment":"production","created_at":"2026-01-01T00:00:00Z"},
                 "deployment_status":{"state":"in_progress","created_at":"2026-01-01T01:00:00+01:00"},
                 "repository":{"full_name":"acme/web"}}""";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        var headers = new HashMap<String, String>();
        headers.put("X-GitHub-Event", "deployment_status");
        headers.put("X-Hub-Signature-256", signature);

        assertThat(post("github", headers, body).statusCode()).isEqualTo(204);
        assertThat(post("github", headers, body + " ").statusCode()).isEqualTo(401);
        RolloutEvent event = onlyEvent();
        assertThat(event.getCluster()).isEqualTo("prod-1");
        assertThat(event.getPhase()).isEqualTo(Phase.PROGRESSING);
        assertThat(event.getTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(event.getRolloutId()).isEqualTo("acme/web@0123456789ab");
    }

    @Test
    void understandsCdEventsStructuredAndBinary() throws Exception {
        try (RunningTask own =
                new RunningTask(new RolloutEventsSourceTask(), Map.of("listen.port", "0", "cdevents.token", "t0ken"))) {
            String data = """
                    {"context":{"version":"0.4.1","id":"1","source":"/ci","type":"dev.cdevents.service.upgraded.0.2.0",
                      "timestamp":"2026-01-01T00:00:00Z"},
                     "subject":{"id":"daemonset/agent","type":"service",
                      "content":{"environment":{"id":"prod-1"},"artifactId":"pkg:oci/agent@sha256:abc"}}%s}""";
            String progress =
                    ",\"customData\":{\"phase\":\"PROGRESSING\",\"updated\":3,\"total\":9,\"rolloutId\":\"agent-7\"}";
            own.post(
                    "/v1/events/cdevents",
                    with("ce-type", "dev.cdevents.service.upgraded.0.2.0", "ce-specversion", "1.0"),
                    data.formatted("").getBytes(StandardCharsets.UTF_8));
            own.post(
                    "/v1/events/cdevents",
                    with("Content-Type", "application/cloudevents+json; charset=utf-8"),
                    ("{\"specversion\":\"1.0\",\"type\":\"dev.cdevents.service.upgraded.0.2.0\",\"data\":"
                                    + data.formatted(progress) + "}")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(decoded(own))
                    .extracting(event -> event.getRolloutId() + " " + event.getPhase() + " " + event.getUpdated())
                    .containsExactly(
                            "daemonset/agent@pkg:oci/agent@sha256:abc COMPLETED null", "agent-7 PROGRESSING 3");
            assertThat(own.post(
                                    "/v1/events/cdevents",
                                    with("ce-type", "dev.cdevents.build.started.0.2.0"),
                                    data.formatted("").getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    /** A negative timestamp would end the task. */
    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
    void takesATimeThatWasNeverSetForNone(String time) throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        post("argocd/prod-1", TOKEN, "{\"application\":\"web\",\"phase\":\"Running\",\"startedAt\":\"" + time + "\"}");

        assertThat(onlyEvent().getTime()).isBetween(before, Instant.now());
    }

    @Test
    void turnsAwayWhoeverLacksTheSecretAndKeepsNothingOfThem() throws Exception {
        assertThat(post("argocd/prod-1", Map.of(), "{}").statusCode()).isEqualTo(401);
        assertThat(post("argocd/prod-1", Map.of("Authorization", "Bearer wrong"), "{}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("flagger/prod-1", Map.of(), "{}").statusCode()).isEqualTo(401);
        assertThat(post("cdevents/prod-1", TOKEN, "{}").statusCode()).isEqualTo(404);
        assertThat(post("nobody/prod-1", TOKEN, "{}").statusCode()).isEqualTo(404);
        assertThat(task.written("andon.dead-letters")).isEmpty();
        assertThat(task.totals()).containsEntry("rejected-total{reason=unauthorized}", 3.0);
    }

    @Test
    void keepsWhatItDoesNotUnderstandAndSaysWhy() throws Exception {
        assertThat(post("argocd/prod-1", TOKEN, "{\"application\":\"web\",\"phase\":\"Odd\"}")
                        .body())
                .contains("the phase is 'Odd'; expected Running");
        assertThat(post("argo-rollouts", TOKEN, "{\"name\":\"web\",\"namespace\":\"shop\",\"phase\":\"Healthy\"}")
                        .body())
                .contains("send to …/argo-rollouts/CLUSTER");
        assertThat(post("argocd/prod-1", TOKEN, "rubbish").statusCode()).isEqualTo(400);
        assertThat(post(
                                "argocd/prod-1",
                                TOKEN,
                                "{\"application\":\"web\",\"phase\":\"Running\",\"startedAt\":\"2096-01-01T00:00:00Z\"}")
                        .body())
                .contains("the event is of 2096");

        assertThat(task.written("andon.dead-letters"))
                .extracting(
                        letter -> letter.headers().lastWithName("andon.reason").value())
                .containsExactly("not_understood", "no_cluster", "bad_json", "from_the_future");
    }

    private HttpResponse<String> post(String path, Map<String, String> headers, String body) throws Exception {
        return task.post("/v1/events/" + path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> with(String... headers) {
        var all = new HashMap<>(TOKEN);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return all;
    }

    private List<RolloutEvent> events() {
        return decoded(task);
    }

    private RolloutEvent onlyEvent() {
        assertThat(events()).hasSize(1);
        return events().get(0);
    }

    private static List<RolloutEvent> decoded(RunningTask task) {
        var serde = new SingleObjectSerde<>(RolloutEvent.class);
        return task.written("andon.rollouts").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
