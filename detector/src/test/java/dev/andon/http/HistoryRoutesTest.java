package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.DnsSample;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Phase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was, part by part: levels of a cluster, courses of a rollout, and the log of decisions. */
class HistoryRoutesTest {
    private final Api api = Api.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsHowAClusterFaredIntervalByInterval() {
        for (int i = 0; i < 4; i++) api.view.accept(dns(Api.NOW.plusSeconds(10L * i), i));
        api.view.accept(Facts.change(Api.NOW, false));
        JsonNode levels = Api.json(api.get("/v1/clusters/prod-3000/series"));
        JsonNode dns = levels.get("dnsSeries");
        long start = Api.NOW.toEpochMilli();
        // The fourth interval is not over.
        assertThat(dns.get("timesMillis").toString())
                .isEqualTo("[" + start + "," + (start + 10_000) + "," + (start + 20_000) + "]");
        assertThat(dns.get("errorRatio").toString()).isEqualTo("[0,0.01,0.02]");
        assertThat(levels.get("changePoints").get(0).get("onsetEarliest").asText())
                .isEqualTo(Api.NOW.minusSeconds(1).toString());
        assertThat(levels.get("lastSample").asText())
                .isEqualTo(Api.NOW.plusSeconds(30).toString());
        assertThat(levels.get("intervalMillis").asLong()).isEqualTo(10_000);
        JsonNode later = Api.json(api.get("/v1/clusters/prod-3000/series?since=" + Api.NOW.plusSeconds(11)));
        assertThat(later.get("dnsSeries").get("timesMillis")).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithAQuestionAboutLevels() {
        assertThat(detail(api.get("/v1/clusters/nowhere/series"), 404))
                .isEqualTo("nothing of a cluster nowhere was seen");
        api.view.accept(dns(Api.NOW, 0));
        assertThat(detail(api.get("/v1/clusters/prod-3000/series?since=soon"), 400))
                .isEqualTo("since must be an instant such as 2026-01-01T00:00:00Z but was \"soon\"");
    }

    @Test
    void tellsHowARolloutSpread() {
        for (int i = 0; i < 3; i++) {
            api.view.accept(Facts.event(Api.NOW.plusSeconds(i), Phase.PROGRESSING, 100L * i));
        }
        JsonNode course = Api.json(api.get("/v1/rollouts/" + Facts.AGENT + "/course"))
                .get("courses")
                .get(0);
        assertThat(course.get("cluster").asText()).isEqualTo("prod-3000");
        assertThat(course.get("updated").toString()).isEqualTo("[0,100,200]");
        assertThat(course.get("total").toString()).isEqualTo("[3000,3000,3000]");
    }

    @Test
    void tellsWhatBecameOfASignal() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        api.view.accept(delivery("HALT-" + Api.NOW));
        api.view.accept(delivery("of another rollout"));
        api.view.accept(override(Api.NOW));
        JsonNode story = Api.json(api.get("/v1/rollouts/" + Facts.AGENT));
        assertThat(story.get("deliveries")).hasSize(1);
        assertThat(story.get("deliveries").get(0).get("status").asText()).isEqualTo("VERIFIED");
        assertThat(story.get("overrides").get(0).get("reason").asText()).isEqualTo("a known blip");
        assertThat(story.get("clusterCount").asInt()).isEqualTo(1);
    }

    @Test
    void tellsHowFarTheStandingHaltHasComeFromItsFirstEmissionOn() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.signal(Action.HOLD, Api.NOW));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW.plusSeconds(10)));
        Instant again = Api.NOW.plusSeconds(25);
        api.view.accept(Facts.signal(Action.HALT, again));
        api.view.accept(delivery("HALT-" + Api.NOW.plusSeconds(10), "k8s", Delivery.Status.VERIFIED, 11, 1));
        // In the order of no clock, and one of them twice.
        api.view.accept(delivery("HALT-" + again, "k8s", Delivery.Status.VERIFIED, 29, 2));
        api.view.accept(delivery("HALT-" + again, "k8s", Delivery.Status.ACKNOWLEDGED, 27, 1));
        api.view.accept(delivery("HALT-" + again, "cd", Delivery.Status.SENT, 28, 3));
        api.view.accept(delivery("HALT-" + again, "cd", Delivery.Status.FAILED, 26, 2));
        api.view.accept(delivery("HALT-" + again, "mail", Delivery.Status.FAILED, 26, 1));
        api.view.accept(delivery("HALT-" + again, "mail", Delivery.Status.FAILED, 26, 1));
        api.view.accept(Facts.event(Api.NOW.plusSeconds(30), Phase.PAUSED, 320));

        JsonNode rollout = Api.json(api.get("/v1/rollouts/" + Facts.AGENT));

        assertThat(rollout.get("delivered").toString())
                .isEqualTo("{\"emitted\":\"2026-01-14T22:30:10Z\",\"repetitions\":1,\"sent\":\"2026-01-14T22:30:27Z\","
                        + "\"acknowledged\":\"2026-01-14T22:30:27Z\",\"verified\":\"2026-01-14T22:30:29Z\","
                        + "\"stopped\":\"2026-01-14T22:30:30Z\",\"haltedAfterMillis\":19000,\"sinks\":["
                        + "{\"sink\":\"cd\",\"sent\":\"2026-01-14T22:30:28Z\",\"failures\":2},"
                        + "{\"sink\":\"k8s\",\"sent\":\"2026-01-14T22:30:27Z\","
                        + "\"acknowledged\":\"2026-01-14T22:30:27Z\",\"verified\":\"2026-01-14T22:30:29Z\"},"
                        + "{\"sink\":\"mail\",\"failures\":1,\"trouble\":\"answered 503\"}]}");
        assertThat(Api.json(api.get("/v1/rollouts")).get("rollouts").get(0).get("delivered"))
                .isEqualTo(rollout.get("delivered"));
    }

    @Test
    void saysNothingOfDeliveryWhenNothingStands() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        api.view.accept(Facts.signal(Action.CLEAR, Api.NOW.plusSeconds(1)));
        assertThat(Api.json(api.get("/v1/rollouts/" + Facts.AGENT)).has("delivered"))
                .isFalse();
    }

    @Test
    void countsAStopOnlySinceTheHalt() {
        api.view.accept(Facts.event(Api.NOW, Phase.PAUSED, 310));
        api.view.accept(Facts.event(Api.NOW.plusSeconds(1), Phase.PROGRESSING, 311));
        api.view.accept(Facts.signal(Action.HALT, Api.NOW.plusSeconds(5)));
        JsonNode before = Api.json(api.get("/v1/rollouts/" + Facts.AGENT)).get("delivered");
        api.view.accept(Facts.event(Api.NOW.plusSeconds(7), Phase.PAUSED, 312));
        api.view.accept(Facts.event(Api.NOW.plusSeconds(9), Phase.PAUSED, 312));
        JsonNode after = Api.json(api.get("/v1/rollouts/" + Facts.AGENT)).get("delivered");
        assertThat(before.toString())
                .isEqualTo("{\"emitted\":\"2026-01-14T22:30:05Z\",\"repetitions\":0,\"sinks\":[]}");
        assertThat(after.get("haltedAfterMillis").asLong()).isEqualTo(2_000);
    }

    @Test
    void tellsHowFarAnAlarmHasCome() {
        api.view.accept(Facts.change(Api.NOW, false));
        api.view.accept(Facts.signal(Action.ALARM, Api.NOW));
        api.view.accept(delivery("ALARM-" + Api.NOW, "pager", Delivery.Status.SUPPRESSED, 1, 0));
        assertThat(Api.json(api.get("/v1/clusters"))
                        .get("clusters")
                        .get(0)
                        .get("delivered")
                        .toString())
                .isEqualTo("{\"emitted\":\"2026-01-14T22:30:00Z\",\"repetitions\":0,\"sinks\":["
                        + "{\"sink\":\"pager\",\"suppressed\":\"2026-01-14T22:30:01Z\"}]}");
    }

    @Test
    void listsDecisionsOfDetectorAndOperatorsNewestFirst() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        api.view.accept(override(Api.NOW.plusSeconds(1)));
        api.view.accept(Facts.signal(Action.CLEAR, Api.NOW.plusSeconds(2)));
        JsonNode log = Api.json(api.get("/v1/decisions"));
        assertThat(log.get("total").asInt()).isEqualTo(3);
        assertThat(log.has("next")).isFalse();
        assertThat(names(log.get("decisions"), "kind")).containsExactly("signal", "override", "signal");
        assertThat(log.get("decisions").get(2).get("action").asText()).isEqualTo("HALT");
        assertThat(Api.json(api.get("/v1/decisions?action=OVERRIDE")).get("decisions"))
                .hasSize(1);
        assertThat(Api.json(api.get("/v1/decisions?rollout=other")).get("decisions"))
                .isEmpty();
    }

    @Test
    void givesEveryEntryOfAListOnceWhoeverFollowsNext() {
        for (int i = 0; i < 25; i++) api.view.accept(Facts.signal(Action.HOLD, Api.NOW.plusSeconds(i)));
        List<String> seen = new ArrayList<>();
        String after = "";
        int parts = 0;
        do {
            JsonNode part = Api.json(api.get("/v1/decisions?limit=10&after=" + after));
            seen.addAll(names(part.get("decisions"), "signalId"));
            after = part.path("next").asText();
            parts++;
            // What comes meanwhile is newer than all that is still to come.
            api.view.accept(Facts.signal(Action.CLEAR, Api.NOW.plusSeconds(100 + parts)));
        } while (!after.isEmpty());
        assertThat(parts).isEqualTo(3);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/rollouts", "/v1/clusters", "/v1/signals", "/v1/decisions"})
    void refusesALimitThatIsNone(String path) {
        for (String limit : List.of("0", "1001", "-1", "many")) {
            assertThat(detail(api.get(path + "?limit=" + limit), 400))
                    .isEqualTo("limit must be a number from 1 to 1000 but was \"" + limit + "\"");
        }
    }

    @Test
    void listsClustersThatAreHurtFirstWhenAsked() {
        api.view.accept(Facts.event(Api.NOW, "web", "a-cluster", Phase.STARTED, 0));
        api.view.accept(Facts.change(Api.NOW, false));
        JsonNode first = Api.json(api.get("/v1/clusters?order=health&limit=1"));
        assertThat(first.get("hurt").asInt()).isEqualTo(1);
        assertThat(first.get("total").asInt()).isEqualTo(2);
        assertThat(names(first.get("clusters"), "cluster")).containsExactly("prod-3000");
        String next = first.get("next").asText();
        assertThat(names(
                        Api.json(api.get("/v1/clusters?order=health&after=" + next))
                                .get("clusters"),
                        "cluster"))
                .containsExactly("a-cluster");
    }

    @Test
    void leavesOutTheClustersOfEveryRolloutWhenAskedToBeBrief() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        JsonNode brief =
                Api.json(api.get("/v1/rollouts?brief=true")).get("rollouts").get(0);
        assertThat(brief.has("clusters")).isFalse();
        assertThat(brief.get("clusterCount").asInt()).isEqualTo(1);
    }

    private static String detail(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        return Api.json(answer).get("detail").asText();
    }

    private static List<String> names(JsonNode list, String field) {
        List<String> names = new ArrayList<>();
        list.forEach(entry -> names.add(entry.get(field).asText()));
        return names;
    }

    private static DnsSample dns(Instant time, long failed) {
        return new DnsSample(
                time,
                "prod-3000",
                "coredns-1",
                DnsSample.View.SERVER,
                Duration.ofSeconds(10),
                100,
                Map.of("NOERROR", 100 - failed, "SERVFAIL", failed),
                0,
                0);
    }

    private static Delivery delivery(String signalId) {
        return new Delivery(
                Api.NOW,
                signalId,
                Optional.of(Facts.AGENT),
                "cd",
                "https://cd.example",
                Delivery.Status.VERIFIED,
                1,
                OptionalInt.of(200),
                Optional.of(Duration.ofMillis(12)),
                Optional.empty(),
                Optional.empty());
    }

    private static Delivery delivery(
            String signalId, String sink, Delivery.Status status, int secondsAfter, int attempt) {
        return new Delivery(
                Api.NOW.plusSeconds(secondsAfter),
                signalId,
                Optional.of(Facts.AGENT),
                sink,
                "https://receiver.example",
                status,
                attempt,
                OptionalInt.empty(),
                Optional.empty(),
                status == Delivery.Status.FAILED ? Optional.of("answered 503") : Optional.empty(),
                Optional.empty());
    }

    private static OperatorOverride override(Instant time) {
        return new OperatorOverride(
                time,
                Facts.AGENT,
                Optional.empty(),
                OperatorOverride.Decision.ALLOW,
                "kim (ci)",
                "a known blip",
                time.plusSeconds(3_600));
    }
}
