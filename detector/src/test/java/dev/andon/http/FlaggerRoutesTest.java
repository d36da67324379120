package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Mode;
import dev.andon.domain.Phase;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies as Flagger posts them. */
class FlaggerRoutesTest {
    private static final String CANARY = """
            {"name":"telemetry-agent","namespace":"observability","phase":"Progressing","checksum":"85d557f47b","metadata":{%s}}""";

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
    void saysYesWhileNothingStands() {
        assertThat(ask("", "").statusCode()).isEqualTo(200);
    }

    @Test
    void saysNoWhileAHoldOrAHaltStands() {
        api.view.accept(Facts.signal(Action.HOLD, Api.NOW, Optional.of(Api.NOW.plusSeconds(12)), Optional.empty()));
        assertThat(ask("", "").statusCode()).isEqualTo(403);
        api.view.accept(Facts.signal(Action.HALT, Api.NOW.plusSeconds(1)));
        assertThat(ask("", "").statusCode()).isEqualTo(403);
    }

    @Test
    void asksForARollbackOnlyWhileAHaltStands() {
        assertThat(ask("?hook=rollback", "").statusCode()).isEqualTo(403);
        api.view.accept(Facts.signal(Action.HOLD, Api.NOW, Optional.of(Api.NOW.plusSeconds(12)), Optional.empty()));
        assertThat(ask("?hook=rollback", "").statusCode()).isEqualTo(403);
        api.view.accept(Facts.signal(Action.HALT, Api.NOW.plusSeconds(1)));
        assertThat(ask("?hook=rollback", "").statusCode()).isEqualTo(200);
        assertThat(ask("", "\"hook\":\"rollback\"").statusCode()).isEqualTo(200);
    }

    @Test
    void rollsNothingBackThatIsOnlyObserved() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW).in(Mode.OBSERVE));
        assertThat(ask("?hook=rollback", "").statusCode()).isEqualTo(403);
        assertThat(ask("", "").statusCode()).isEqualTo(200);
    }

    @Test
    void answersNeitherWhenItCannotKnow() {
        api.notReady = Optional.of("the detector restores its state");
        HttpResponse<String> rollback = ask("?hook=rollback", "");
        assertThat(rollback.statusCode()).isEqualTo(503);
        assertThat(Api.json(rollback).get("detail").asText()).startsWith("do not roll back");
        assertThat(ask("", "").statusCode()).isEqualTo(503);
    }

    @Test
    void goesByTheIdThatTheHookNames() {
        HttpResponse<String> known = ask("", "\"rolloutId\":\"" + Facts.AGENT + "\"");
        assertThat(Api.json(known).get("rolloutId").asText()).isEqualTo(Facts.AGENT);
        HttpResponse<String> unknown = ask("", "\"rolloutId\":\"other\"");
        assertThat(unknown.statusCode()).isEqualTo(503);
    }

    @Test
    void prefersTheRolloutOfTheSameChecksum() {
        String id = "observability/telemetry-agent@85d557f47b";
        api.view.accept(Facts.event(Api.NOW.minusSeconds(60), id, "prod-3000", Phase.PROGRESSING, 10));
        assertThat(Api.json(ask("", "")).get("rolloutId").asText()).isEqualTo(id);
    }

    @Test
    void refusesWhatIsNoBodyOfFlagger() {
        HttpResponse<String> answer = api.post("/v1/gate/flagger", "{\"name\":\"web\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).get("detail").asText())
                .isEqualTo("namespace is required as a text; send the body of a Flagger webhook");
    }

    private HttpResponse<String> ask(String query, String metadata) {
        return api.post("/v1/gate/flagger" + query, CANARY.formatted(metadata));
    }
}
