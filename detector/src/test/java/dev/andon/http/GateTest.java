package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.Action;
import dev.andon.domain.Mode;
import dev.andon.domain.Phase;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Api api = Api.open();

    @BeforeEach
    void aRollout() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void letsARolloutProceedForThirtySeconds() {
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"decision\":\"PROCEED\",\"reason\":\"no HALT or HOLD stands\","
                        + "\"validUntil\":\"2026-01-14T22:30:30Z\"}");
    }

    @Test
    void refusesAHaltedRolloutWithTheReason() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        JsonNode body = Api.json(refused());
        assertThat(body.get("decision").asText()).isEqualTo("HALT");
        assertThat(body.get("reason").asText()).isEqualTo("LIST latency rose from 0.21 s to 4.8 s");
    }

    @Test
    void refusesAHeldRolloutUntilTheHoldEnds() {
        api.view.accept(Facts.signal(Action.HOLD, Api.NOW, Optional.of(Api.NOW.plusSeconds(12)), Optional.empty()));
        JsonNode body = Api.json(refused());
        assertThat(body.get("decision").asText()).isEqualTo("HOLD");
        assertThat(body.get("validUntil").asText()).isEqualTo("2026-01-14T22:30:12Z");
    }

    @Test
    void letsItProceedAgainAfterAClear() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        api.view.accept(Facts.signal(Action.CLEAR, Api.NOW.plusSeconds(60)));
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void letsItProceedWhenTheSignalHasRunOut() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW, Optional.empty(), Optional.of(Api.NOW.plusSeconds(60))));
        api.view.accept(Facts.event(Api.NOW.plusSeconds(60), Phase.PROGRESSING, 310));
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void onlySaysWhatItWouldRefuseInObserveMode() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW).in(Mode.OBSERVE));
        JsonNode body = Api.json(ask());
        assertThat(body.get("decision").asText()).isEqualTo("PROCEED");
        assertThat(body.get("reason").asText())
                .isEqualTo("only observed: it would be told to HALT, because LIST latency rose from 0.21 s to 4.8 s");
    }

    @Test
    void doesNotAnswerForARolloutThatItHasNotSeen() {
        HttpResponse<String> answer = api.get("/v1/rollouts/other/gate");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Api.json(answer).get("detail").asText()).contains("post its STARTED event first");
    }

    @Test
    void failsClosedWhileTheDetectorIsNotReady() {
        api.notReady = Optional.of("the detector restores its state");
        assertThat(Api.json(unknown()).get("detail").asText()).contains("the detector restores its state");
    }

    @Test
    void failsClosedWhenTheDetectorHasDied() {
        api.fatal = Optional.of("the detector has stopped");
        assertThat(Api.json(unknown()).get("detail").asText()).contains("the detector has stopped");
    }

    @Test
    void failsClosedWhenKafkaHasNotAnsweredForAWhile() {
        api.currentAsOf = Api.NOW.minusSeconds(11);
        assertThat(Api.json(unknown()).get("detail").asText()).contains("not up to date");
    }

    @Test
    void answersArgoRolloutsWithAStatusThatItReads() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        HttpResponse<String> answer = api.get("/v1/rollouts/" + Facts.AGENT + "/gate?status=200");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Api.json(answer).get("decision").asText()).isEqualTo("HALT");
        api.notReady = Optional.of("the detector restores its state");
        assertThat(api.get("/v1/rollouts/" + Facts.AGENT + "/gate?status=200").statusCode())
                .isEqualTo(503);
    }

    private HttpResponse<String> ask() {
        return api.get("/v1/rollouts/" + Facts.AGENT + "/gate");
    }

    private HttpResponse<String> refused() {
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(403);
        return answer;
    }

    private HttpResponse<String> unknown() {
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(503);
        return answer;
    }
}
