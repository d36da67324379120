package dev.andon.connect.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.SinkContract;
import dev.andon.connect.common.SinkSettings;
import dev.andon.schema.Action;
import dev.andon.schema.Controller;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgoCdSinkTaskTest extends SinkContract {
    private static final String APPLICATION =
            "{'metadata':{'name':'web'},'spec':{'project':'shop'},'status':{'health':{'status':'Healthy'}}}";
    private static final String PROJECT = "{'metadata':{'name':'shop'},'spec':{'sourceRepos':['*']}}";

    private final FakeArgoCd argo = new FakeArgoCd();
    private Controller controller = new Controller("argo-cd", "web");

    /** Every rollout is a sync of the same application. */
    private final RolloutDirectory directory = rolloutId -> List.of(RolloutEvent.newBuilder()
            .setTime(Signals.TIME)
            .setRolloutId(rolloutId)
            .setCluster("prod-1")
            .setPhase(Phase.PROGRESSING)
            .setWorkload(new Workload("Application", "argocd", "web"))
            .setController(controller)
            .build());

    @AfterEach
    void stop() {
        argo.close();
    }

    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new ArgoCdSinkTask(clock, openLog, config -> directory);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of(
                "server.url", receiver.toString(),
                "bearer.token", "ARG0T0K3N",
                "rollouts.consumer.bootstrap.servers", "unused:1",
                "rollouts.consumer.sasl.jaas.config", "C0NSUM3R");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("ARG0T0K3N", "PR0DUC3R", "C0NSUM3R");
    }

    @Override
    protected int longestBytes() {
        return 1_024;
    }

    @Override
    protected void answerAll(int status) {
        receiver.otherwise(status, status < 300 && status != 204 ? APPLICATION.replace('\'', '"') : "");
    }

    @Override
    protected Kind meaning(int status) {
        return status == 204 ? Kind.RETRY : super.meaning(status);
    }

    @Test
    void endsTheSyncThatIsRunningAndSeesThatItHasEnded() throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.syncs();
        SignalSinkTask task = startHere(false);

        put(task, halt(0, "a"));
        passSeconds(task, 2);
        assertThat(statuses())
                .as("it is still being terminated")
                .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SENT);
        argo.controllerEndsTheSync();
        passSeconds(task, 1);

        assertThat(statuses()).endsWith(DeliveryStatus.VERIFIED);
        assertThat(argo.requests()).containsOnlyOnce("DELETE /api/v1/applications/web/operation");
        put(task, clear(1, "a"));
        assertThat(argo.requests()).noneMatch(request -> request.startsWith("PUT"));
        assertThat(committed(task, 2)).isEqualTo(2);
    }

    @Test
    void doesNotCallItAHaltWhileWhatWasAppliedStillRollsOut() throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.syncs();
        argo.application.withObject("/status/health").put("status", "Progressing");
        SignalSinkTask task = startHere(false);

        put(task, halt(0, "a"));
        argo.controllerEndsTheSync();
        passSeconds(task, 2);

        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.ACKNOWLEDGED);
        assertThat(deliveries.get(1).getDetail()).endsWith("what it has applied still rolls out");
        argo.application.withObject("/status/health").put("status", "Suspended");
        passSeconds(task, 5);
        assertThat(statuses()).endsWith(DeliveryStatus.VERIFIED);
    }

    @Test
    void endsWhatBeginsAgainByItselfAndGivesUpLoudlyInTheEnd() throws Exception {
        argo.put(APPLICATION, PROJECT);
        SignalSinkTask task = startHere(false);

        for (int sync = 0; sync < 12; sync++) {
            argo.syncs();
            put(task, halt(0, "a"));
            passSeconds(task, 6);
            argo.controllerEndsTheSync();
            passSeconds(task, 2);
        }

        assertThat(argo.requests().stream().filter(request -> request.startsWith("DELETE")))
                .hasSize(10);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("was stopped 10 times");
    }

    @Test
    void saysThatAHaltIsNotVerifiedWhileTheSyncDoesNotEnd() throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.syncs();
        SignalSinkTask task = startHere(false);

        put(task, halt(0, "a"));
        passSeconds(task, 12);

        assertThat(statuses()).contains(DeliveryStatus.FAILED).doesNotContain(DeliveryStatus.VERIFIED);
        assertThat(deliveries.get(deliveries.size() - 1).getDetail())
                .isEqualTo("not verified: the sync of application web is being terminated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PROJECT,
                "{'metadata':{'name':'shop','annotations':{'team':'shop'}},'spec':{'sourceRepos':['*'],"
                        + "'syncWindows':[{'kind':'allow','schedule':'0 9 * * 1-5','duration':'8h','applications':['*']}]}}"
            })
    void keepsNewSyncsAwayByAWindowAndTakesItOutOnAClear(String before) throws Exception {
        argo.put(APPLICATION, before);
        argo.syncs();
        JsonNode project = withoutVersion();
        SignalSinkTask task = startHere(true);

        put(task, halt(0, "a"));
        argo.controllerEndsTheSync();
        passSeconds(task, 2);

        JsonNode windows = argo.project.at("/spec/syncWindows");
        assertThat(windows.get(windows.size() - 1).toString())
                .isEqualTo(
                        "{\"kind\":\"deny\",\"schedule\":\"* * * * *\",\"duration\":\"24h\",\"applications\":[\"web\"],"
                                + "\"manualSync\":true,\"timeZone\":\"UTC\"}");
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        put(startHere(true), clear(1, "a")); // another worker

        assertThat(withoutVersion()).isEqualTo(project);
    }

    @Test
    void leavesAWindowAloneThatAPersonHasMade() throws Exception {
        argo.put(
                APPLICATION,
                "{'metadata':{'name':'shop'},'spec':{'syncWindows':[{'kind':'deny','schedule':'* * * * *','duration':'24h',"
                        + "'applications':['web']}]}}");
        JsonNode project = withoutVersion();
        SignalSinkTask task = startHere(true);

        put(task, halt(0, "a"));
        put(task, clear(1, "a"));

        assertThat(withoutVersion()).isEqualTo(project);
        assertThat(argo.requests()).noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void putsTheWindowBackThatSomebodyTookOutWhileTheHaltStands() throws Exception {
        argo.put(APPLICATION, PROJECT);
        SignalSinkTask task = startHere(true);
        put(task, halt(0, "a"));

        argo.project.withObject("/spec").remove("syncWindows");
        passSeconds(task, 6);

        assertThat(argo.project.at("/spec/syncWindows")).hasSize(1);
        assertThat(argo.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void readsTheProjectAgainWhenSomebodyChangedItMeanwhile() throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.changedMeanwhile = true;
        SignalSinkTask task = startHere(true);

        put(task, halt(0, "a"));
        assertThat(deliveries.get(0).getDetail())
                .isEqualTo("project shop was changed by somebody else meanwhile (409)");
        passSeconds(task, 1);

        assertThat(argo.project.at("/spec/syncWindows")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void endsTheSyncThoughItMayNotTouchTheProjectAndThenSaysSo(String forbidden) throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.syncs();
        argo.forbidden = forbidden;
        SignalSinkTask task = startHere(true);

        put(task, halt(0, "a"));
        assertThat(argo.requests()).contains("DELETE /api/v1/applications/web/operation");
        argo.controllerEndsTheSync();
        passSeconds(task, 2);

        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.FAILED);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("403");
    }

    @Test
    void findsAnApplicationInANamespaceOfItsOwn() throws Exception {
        argo.put(APPLICATION, PROJECT);
        argo.syncs();
        controller = new Controller("argo-cd", "team-a/web");

        put(startHere(false), halt(0, "a"));

        assertThat(argo.requests()).endsWith("DELETE /api/v1/applications/web/operation?appNamespace=team-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../session", "web?x=1", "", "a/b/c"})
    void refusesAReferenceThatIsNoApplication(String reference) {
        controller = new Controller("argo-cd", reference);

        put(startHere(false), halt(0, "a"));

        assertThat(context.deadLetters.get(0L)).hasMessageContaining("is no name that an application of Argo CD");
        assertThat(argo.requests()).containsExactly("GET /api/v1/session/userinfo");
    }

    @Test
    void noticesAtTheStartThatTheTokenIsNotTaken() {
        start(allOptions(argo.uri()));

        assertThat(context.healthy()).containsExactly(0);
    }

    private SignalSinkTask startHere(boolean window) {
        Map<String, String> options = allOptions(argo.uri());
        options.put("bearer.token", "andon");
        options.put("sync.window", Boolean.toString(window));
        return start(options);
    }

    private JsonNode withoutVersion() {
        ObjectNode project = argo.project.deepCopy();
        project.withObject("/metadata").remove("resourceVersion");
        return project;
    }

    private void passSeconds(SignalSinkTask task, int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.advance(Duration.ofSeconds(1));
            put(task);
        }
    }

    private List<DeliveryStatus> statuses() {
        return deliveries.stream().map(Delivery::getStatus).toList();
    }

    private static SinkRecord clear(long offset, String rolloutId) {
        return Signals.record(
                offset,
                of("clear", Action.CLEAR)
                        .setRolloutId(rolloutId)
                        .setExpires(null)
                        .build());
    }
}
