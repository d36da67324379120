package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutRoutesTest {
    private static final String EVENT = """
            {"time":"2026-01-14T22:29:00Z","rolloutId":"telemetry-agent-7f3","cluster":"prod-3000","phase":"PROGRESSING",
             "workload":{"kind":"DaemonSet","namespace":"observability","name":"telemetry-agent"},"updated":310,"total":3000}
            """;

    private final Api api = Api.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void acceptsOneEvent() {
        HttpResponse<String> answer = api.post("/v1/rollouts", EVENT);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"accepted\":1}");
        assertThat(api.posted).singleElement().satisfies(event -> {
            assertThat(event.rolloutId()).isEqualTo("telemetry-agent-7f3");
            assertThat(event.coverage()).contains(new Coverage(310, 3000));
        });
    }

    @Test
    void acceptsAnArrayAndJsonLines() {
        assertThat(api.post("/v1/rollouts", "[" + EVENT + "," + EVENT + "]").body())
                .isEqualTo("{\"accepted\":2}");
        String line = EVENT.replace("\n", "");
        assertThat(api.postLines("/v1/rollouts", line + "\n\n" + line + "\n").body())
                .isEqualTo("{\"accepted\":2}");
        assertThat(api.posted).hasSize(4);
    }

    @Test
    void saysWhichFieldsItIgnored() {
        HttpResponse<String> answer =
                api.post("/v1/rollouts", EVENT.replace("\"updated\"", "\"colour\":\"red\",\"updated\""));
        assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"ignoredFields\":[\"colour\"]}");
    }

    @Test
    void refusesAControllerThatNoSinkCouldStop() {
        String typo = EVENT.replace("\"updated\"", "\"controller\":{\"type\":\"argo-rolouts\"},\"updated\"");

        HttpResponse<String> answer = api.post("/v1/rollouts", typo);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "controller.type must be one of", "but was \\\"argo-rolouts\\\"; did you mean argo-rollouts?");
        assertThat(api.post("/v1/rollouts", typo.replace("rolouts", "rollouts")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void listsEveryBadEventAndAcceptsNone() {
        String bad = EVENT.replace("\"updated\":310", "\"updated\":-1");
        String future = EVENT.replace("22:29:00", "23:29:00");
        HttpResponse<String> answer = api.post("/v1/rollouts", "[" + EVENT + "," + bad + "," + future + ",{}]");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = Api.json(answer);
        assertThat(body.get("type").asText()).isEqualTo("urn:andon:problem:invalid-events");
        assertThat(body.get("detail").asText())
                .isEqualTo("3 of 4 events are not valid and none was accepted; mend them and send all again");
        assertThat(body.get("errors").toString())
                .isEqualTo(
                        "[{\"at\":\"event 2\",\"reason\":\"out_of_range\",\"message\":\"updated must be >= 0 but was -1\"},"
                                + "{\"at\":\"event 3\",\"reason\":\"from_the_future\",\"message\":\"time must not be more than 2 min"
                                + " ahead of this machine's clock but was 2026-01-14T23:29:00Z\"},"
                                + "{\"at\":\"event 4\",\"reason\":\"missing_field\",\"message\":\"time is required but absent\"}]");
        assertThat(api.posted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "not json", "{} {}", "\"\"", "", "[]", "[[]]", "null"})
    void refusesWhatIsNoEvent(String body) {
        HttpResponse<String> answer = api.post("/v1/rollouts", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(api.posted).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLargeWhetherOrNotItSaysItsLength() {
        byte[] large = new byte[Posted.MOST_BYTES + 1];
        var known = api.postAs("Bearer " + Api.TOKEN, BodyPublishers.ofByteArray(large));
        var chunked =
                api.postAs("Bearer " + Api.TOKEN, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(Api.json(chunked).get("detail").asText()).contains("more than 5242880 bytes");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        var answer = api.postAs("Bearer " + Api.TOKEN, BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'}));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).get("detail").asText()).isEqualTo("the body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic " + Api.TOKEN, Api.TOKEN, "Bearer " + Api.TOKEN + "x"})
    void refusesTheWrongToken(String authorization) {
        var answer = api.postAs(authorization, BodyPublishers.ofString(EVENT));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"andon\"");
        assertThat(answer.body()).doesNotContain(Api.TOKEN);
        assertThat(api.posted).isEmpty();
    }

    @Test
    void refusesToBePostedToWithoutATokenOfItsOwn() {
        try (Api open = new Api(List.of())) {
            var answer = open.post("/v1/rollouts", EVENT);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(Api.json(answer).get("detail").asText()).contains("add one under http.tokens");
        }
    }

    @Test
    void saysWhenKafkaDidNotTakeTheEvents() {
        api.kafkaAway = true;
        var answer = api.post("/v1/rollouts", EVENT);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(Api.json(answer).get("detail").asText())
                .contains("Kafka did not answer")
                .contains("send the same body again");
    }

    @Test
    void tellsWhatIsKnownOfARollout() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        JsonNode listed = Api.json(api.get("/v1/rollouts")).get("rollouts").get(0);
        assertThat(listed.get("rolloutId").asText()).isEqualTo(Facts.AGENT);
        assertThat(listed.get("updated").asLong()).isEqualTo(310);
        assertThat(listed.get("standing").get("action").asText()).isEqualTo("HALT");
        JsonNode one = Api.json(api.get("/v1/rollouts/" + Facts.AGENT));
        assertThat(one.get("signals")).hasSize(1);
        assertThat(one.get("clusters").get(0).get("phase").asText()).isEqualTo("PROGRESSING");
    }

    @Test
    void saysThatARolloutIsNotKnown() {
        var answer = api.get("/v1/rollouts/none");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Api.json(answer).get("detail").asText()).isEqualTo("no event of a rollout none was seen");
    }

    @Test
    void acceptsTheLatestTimeThatClocksMayDiffer() {
        RolloutEvent ahead = Facts.event(Api.NOW.plusSeconds(120), Phase.STARTED, 0);
        assertThat(api.post("/v1/rollouts", new JsonCodec(f -> {}).write(ahead)).statusCode())
                .isEqualTo(202);
        assertThat(api.posted).containsExactly(ahead);
    }
}
