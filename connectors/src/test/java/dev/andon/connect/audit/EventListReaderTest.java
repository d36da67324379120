package dev.andon.connect.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventListReaderTest {
    private final EventListReader reader = new EventListReader();

    @Test
    void readsWhoAskedForWhatAndHowLongItTook() throws Exception {
        EventListReader.Events events = read("""
                {"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[
                 {"level":"RequestResponse","auditID":"1","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list",
                  "user":{"username":"system:serviceaccount:observability:agent","groups":["a","b"],"extra":{"x":["y"]}},
                  "sourceIPs":["10.0.0.1"],"userAgent":"agent/v1 (linux/amd64)",
                  "objectRef":{"resource":"pods","apiVersion":"v1"},
                  "responseStatus":{"metadata":{},"code":200},
                  "responseObject":{"kind":"PodList","items":[{"verb":"fake","user":{"username":"fake"}}]},
                  "requestReceivedTimestamp":"2026-01-01T00:00:00.250000Z","stageTimestamp":"2026-01-01T00:00:01.000000Z",
                  "annotations":{"authorization.k8s.io/decision":"allow"}}]}""");

        assertThat(events.calls())
                .containsExactly(new Call(
                        Instant.parse("2026-01-01T00:00:01Z").toEpochMilli(),
                        0.75,
                        new Call.Key("system:serviceaccount:observability:agent", "LIST", "cluster"),
                        200));
    }

    @ParameterizedTest
    @CsvSource({
        "get, pods, , ns, web, GET, resource",
        "list, pods, , ns, , LIST, namespace",
        "create, pods, , ns, , POST, resource",
        "update, pods, status, ns, web, PUT, resource",
        "deletecollection, pods, , ns, , DELETE, namespace"
    })
    void namesVerbAndScopeAsTheMetricsDo(
            String verb,
            String resource,
            String subresource,
            String namespace,
            String name,
            String expected,
            String scope)
            throws Exception {
        assertThat(read(event(verb, resource, subresource, namespace, name, "u", ""))
                        .calls())
                .extracting(call -> call.key().verb() + " " + call.key().scope())
                .containsExactly(expected + " " + scope);
    }

    @ParameterizedTest
    @CsvSource({"watch, pods,", "get, pods, log", "create, pods, exec", "get, ,"})
    void leavesOutWhatLastsAsLongAsItsClientLikes(String verb, String resource, String subresource) throws Exception {
        EventListReader.Events events = read(event(verb, resource, subresource, "ns", "web", "u", ""));

        assertThat(events.calls()).isEmpty();
        assertThat(events.notCounted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "system:serviceaccount:a:b, agent/v1 (linux), system:serviceaccount:a:b",
        "system:node:node-17, kubelet/v1.31.0 (linux), system:nodes (kubelet/v1.31.0)",
        "kubernetes-admin, kubectl/v1.31.0 (linux), kubernetes-admin (kubectl/v1.31.0)",
        "kubernetes-admin, , kubernetes-admin"
    })
    void namesTheClient(String user, String agent, String client) throws Exception {
        assertThat(read(event("get", "pods", null, "ns", "web", user, agent)).calls())
                .extracting(call -> call.key().client())
                .containsExactly(client);
    }

    @Test
    void countsEventsThatLackWhatTheyNeed() throws Exception {
        EventListReader.Events events = read(
                "{\"kind\":\"EventList\",\"items\":[{\"stage\":\"ResponseComplete\",\"verb\":\"get\","
                        + "\"objectRef\":{\"resource\":\"pods\"},\"user\":{\"username\":\"u\"},\"stageTimestamp\":\"yesterday\"}]}");

        assertThat(events.bad()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|NOT_AN_EVENT_LIST",
                "{\"kind\":\"PodList\",\"items\":[]}|NOT_AN_EVENT_LIST",
                "{\"kind\":\"EventList\",\"items\":[{\"stage\":|BAD_JSON",
                "rubbish|BAD_JSON"
            })
    void refusesWhatIsNoEventList(String body, Refusal reason) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read(body))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read("{\"kind\":\"EventList\",\"x\":" + "[".repeat(100_000)));
    }

    private EventListReader.Events read(String json) throws RefusedException {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(
            String verb,
            @Nullable String resource,
            @Nullable String subresource,
            String namespace,
            @Nullable String name,
            String user,
            @Nullable String agent) {
        return "{\"kind\":\"EventList\",\"items\":[{\"stage\":\"ResponseComplete\",\"verb\":\"" + verb
                + "\",\"user\":{\"username\":\"" + user + "\"},\"userAgent\":\"" + orEmpty(agent)
                + "\",\"objectRef\":{\"resource\":\"" + orEmpty(resource) + "\",\"subresource\":\""
                + orEmpty(subresource)
                + "\",\"namespace\":\"" + namespace + "\",\"name\":\"" + orEmpty(name)
                + "\"},\"responseStatus\":{\"code\":200},\"requestReceivedTimestamp\":\"2026-01-01T00:00:00Z\","
                + "\"stageTimestamp\":\"2026-01-01T00:00:01Z\"}]}";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
