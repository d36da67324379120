package dev.andon.connect.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSinkTaskTest extends SinkContract {
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/web";
    private static final String DAEMON_SET = "/apis/apps/v1/namespaces/shop/daemonsets/web";
    private static final String STATEFUL_SET = "/apis/apps/v1/namespaces/shop/statefulsets/web";
    private static final String ROLLOUT = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web";
    private static final String CANARY = "/apis/flagger.app/v1beta1/namespaces/shop/canaries/web";
    private static final String OBJECT =
            "{\"metadata\":{\"generation\":3,\"resourceVersion\":\"7\"},\"spec\":{\"paused\":true},"
                    + "\"status\":{\"observedGeneration\":3,\"updatedReplicas\":2}}";

    private final FakeApiserver apiserver = new FakeApiserver();
    private final List<RolloutEvent> known = new ArrayList<>();

    @AfterEach
    void stop() {
        apiserver.close();
    }

    /** Every rollout that is not spelt out is a Deployment. */
    private final RolloutDirectory directory = rolloutId -> known.isEmpty()
            ? List.of(event(rolloutId, "prod-1", "Deployment", null))
            : known.stream()
                    .filter(event -> event.getRolloutId().equals(rolloutId))
                    .toList();

    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new KubernetesSinkTask(clock, openLog, config -> directory);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of(
                "clusters", "prod-1=" + receiver,
                "bearer.token", "B3AR3R",
                "rollouts.consumer.bootstrap.servers", "unused:1",
                "rollouts.consumer.sasl.jaas.config", "C0NSUM3R");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("B3AR3R", "PR0DUC3R", "C0NSUM3R");
    }

    @Override
    protected int longestBytes() {
        return 65_536;
    }

    @Override
    protected void answerAll(int status) {
        receiver.otherwise(status, status < 300 && status != 204 ? OBJECT : "");
    }

    @Override
    protected Kind meaning(int status) {
        return status == 204 ? Kind.RETRY : super.meaning(status);
    }

    @Test
    void pausesADeploymentSeesThatItStandsStillAndGivesItBackAsItWas() throws Exception {
        ObjectNode web = apiserver.put(
                DEPLOYMENT, "{'metadata':{'name':'web'},'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
        controllerHasSeen(web);
        passSeconds(task, 3);
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        assertThat(deliveries.get(1).getDetail()).isEqualTo("deployments shop/web stands still at 3");

        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
        assertThat(web.at("/metadata/annotations")).isEmpty();
        assertThat(committed(task, 2)).isEqualTo(2);
    }

    @Test
    void leavesADeploymentPausedThatSomebodyElseHadPaused() throws Exception {
        ObjectNode web = apiserver.put(
                DEPLOYMENT,
                "{'spec':{'replicas':10,'paused':true},'status':{'observedGeneration':2,'updatedReplicas':3}}");
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        passSeconds(task, 2);
        put(task, clear(1, "a"));

        assertThat(statuses()).startsWith(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        assertThat(apiserver.requests()).noneMatch(request -> request.startsWith("PATCH"));
        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
    }

    @Test
    void stopsTheRollingUpdateOfADaemonSetAndRestoresItsStrategy() throws Exception {
        daemonSet();
        ObjectNode web = apiserver.put(
                DAEMON_SET,
                "{'metadata':{'generation':4,'annotations':{'deprecated.daemonset.template.generation':'3'}},"
                        + "'spec':{'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'10%'}},"
                        + "'template':{'spec':{'nodeSelector':{'os':'linux'}}}},'status':{'updatedNumberScheduled':31}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/updateStrategy").toString()).isEqualTo("{\"type\":\"OnDelete\"}");
        assertThat(web.at("/spec/template").toString()).doesNotContain("andon");
        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'nodeSelector':{'os':'linux'}}"})
    void stopsTheFirstRolloutOfADaemonSetByASelectorThatNoNodeMatches(String podSpec) throws Exception {
        daemonSet();
        ObjectNode web = apiserver.put(
                DAEMON_SET,
                "{'metadata':{'generation':1,'annotations':{'deprecated.daemonset.template.generation':'1'}},"
                        + "'spec':{'updateStrategy':{'type':'RollingUpdate'},'template':{'spec':" + podSpec + "}},"
                        + "'status':{'updatedNumberScheduled':31}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/template/spec/nodeSelector").has("andon.dev/halted"))
                .isTrue();
        web.withObject("/status").put("updatedNumberScheduled", 0);
        web.withObject("/metadata/annotations").put("deprecated.daemonset.template.generation", "2");
        controllerHasSeen(web);
        passSeconds(task, 3);
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
    }

    @Test
    void keepsTheOldPodsOfAStatefulSetByAPartition() throws Exception {
        statefulSet();
        ObjectNode web = apiserver.put(
                STATEFUL_SET,
                "{'spec':{'replicas':5,'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':2}}},"
                        + "'status':{'replicas':5,'updatedReplicas':1,'currentRevision':'a','updateRevision':'b'}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/updateStrategy/rollingUpdate/partition").asInt())
                .isEqualTo(5);
        assertThat(web.at("/spec/replicas").asInt()).isEqualTo(5);
        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
    }

    @Test
    void keepsAStatefulSetThatIsJustComingUpAtTheSizeThatItHas() throws Exception {
        statefulSet();
        ObjectNode web = apiserver.put(
                STATEFUL_SET,
                "{'spec':{'replicas':5},'status':{'replicas':2,'updatedReplicas':2,'currentRevision':'a',"
                        + "'updateRevision':'a'}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/replicas").asInt()).isEqualTo(2);
        controllerHasSeen(web);
        passSeconds(task, 3);
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
    }

    @Test
    void abortsAnArgoRolloutInItsStatus() throws Exception {
        known.add(event("a", "prod-1", "Deployment", new Controller("argo-rollouts", "shop/web")));
        ObjectNode web = apiserver.put(ROLLOUT, "{'spec':{'replicas':9},'status':{'updatedReplicas':2}}");
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(apiserver.requests()).contains("PATCH " + ROLLOUT + "/status");
        assertThat(web.at("/status/abort").asBoolean()).isTrue();
        passSeconds(task, 3);
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        put(task, clear(1, "a"));

        assertThat(web.at("/status/abort").asBoolean()).isFalse();
        assertThat(web.get("spec").toString()).isEqualTo("{\"replicas\":9}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'replicas':9}", "{'replicas':9,'paused':false}"})
    void pausesAnArgoRolloutInItsSpecWhereThatIsWantedAndGivesItBackAsItWas(String spec) throws Exception {
        known.add(event("a", "prod-1", "Deployment", new Controller("argo-rollouts", "shop/web")));
        ObjectNode web =
                apiserver.put(ROLLOUT, "{'spec':" + spec + ",'status':{'updatedReplicas':2,'observedGeneration':'2'}}");
        ObjectNode before = web.get("spec").deepCopy();
        SignalSinkTask task = startPausing();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
        assertThat(web.at("/status").has("abort")).isFalse();
        passSeconds(task, 3);
        assertThat(statuses()).as("the controller has not seen it yet").containsExactly(DeliveryStatus.SENT);
        web.withObject("/status")
                .put("observedGeneration", web.at("/metadata/generation").asText());
        passSeconds(task, 2);
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        put(task, clear(1, "a"));

        assertThat(web.get("spec")).isEqualTo(before);
        assertThat(web.at("/metadata/annotations")).isEmpty();
    }

    @Test
    void pausesAnArgoRolloutAgainWhenAGitOpsControllerRevertsIt() throws Exception {
        known.add(event("a", "prod-1", "Rollout", null));
        ObjectNode web = apiserver.put(ROLLOUT, "{'spec':{'replicas':9},'status':{'updatedReplicas':2}}");
        SignalSinkTask task = startPausing();
        put(task, halt(0, "a"));

        web.withObject("/spec").remove("paused");
        passSeconds(task, 2);

        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
    }

    @Test
    void haltsTheWorkloadOfAnArgoCdApplicationThatItsEventsName() throws Exception {
        known.add(event("a", "prod-1", "Deployment", new Controller("argo-cd", "web")));
        ObjectNode web = apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");

        put(startHere(), halt(0, "a"));

        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
    }

    @Test
    void suspendsAFlaggerCanary() throws Exception {
        known.add(event("a", "prod-1", "Deployment", new Controller("flagger", "shop/web")));
        ObjectNode web = apiserver.put(CANARY, "{'spec':{'suspend':false},'status':{'canaryWeight':10}}");
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        assertThat(web.at("/spec/suspend").asBoolean()).isTrue();
        put(task, clear(1, "a"));

        assertThat(web.get("spec").toString()).isEqualTo("{\"suspend\":false}");
    }

    @Test
    void haltsAgainWhatAGitOpsControllerRevertsAndRestoresWhatWasThereAtFirst() throws Exception {
        ObjectNode web = apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        SignalSinkTask task = startHere();
        put(task, halt(0, "a"));
        web.withObject("/spec").put("paused", false);
        passSeconds(task, 1);

        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
        assertThat(deliveries.get(deliveries.size() - 1).getDetail())
                .isEqualTo("something undid the halt of deployments shop/web; halted again, 2 times");
        put(task, clear(1, "a"));
        assertThat(web.get("spec").toString()).isEqualTo("{\"replicas\":10}");
    }

    @Test
    void givesUpLoudlyWhenTheHaltIsAlwaysUndone() throws Exception {
        apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        apiserver.afterPatch(object -> object.withObject("/spec").put("paused", false));
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        passSeconds(task, 20);

        assertThat(apiserver.requests().stream().filter(request -> request.startsWith("PATCH")))
                .hasSize(10);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("was halted 10 times and something undid it");
        assertThat(statuses()).endsWith(DeliveryStatus.FAILED);
    }

    @Test
    void saysThatAHaltIsNotVerifiedWhileTheRolloutStillSpreads() throws Exception {
        ObjectNode web = apiserver.put(DEPLOYMENT, "{'spec':{'replicas':90},'status':{'updatedReplicas':3}}");
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        for (int second = 0; second < 15; second++) {
            controllerHasSeen(web);
            web.withObject("/status").put("updatedReplicas", 4 + second);
            passSeconds(task, 1);
        }

        assertThat(statuses()).doesNotContain(DeliveryStatus.VERIFIED).endsWith(DeliveryStatus.FAILED);
        assertThat(deliveries.get(1).getDetail()).startsWith("not verified: deployments shop/web is marked as halted");
        assertThat(Duration.between(
                        deliveries.get(0).getTime(), deliveries.get(1).getTime()))
                .isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void triesAgainWhenSomebodyChangedTheObjectMeanwhile() throws Exception {
        ObjectNode web = apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        apiserver.refuseWith(409);
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"));
        apiserver.refuseWith(0);
        passSeconds(task, 1);

        assertThat(statuses()).containsExactly(DeliveryStatus.FAILED, DeliveryStatus.SENT);
        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
    }

    @Test
    void haltsWhereTheRolloutArrivesWhileTheSignalStands() throws Exception {
        known.add(event("a", "prod-2", "Deployment", null));
        ObjectNode web = apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        SignalSinkTask task = startHere();
        put(task, halt(0, "a"));
        assertThat(deliveries).isEmpty();

        known.add(event("a", "prod-1", "Deployment", null));
        passSeconds(task, 5);

        assertThat(web.at("/spec/paused").asBoolean()).isTrue();
    }

    @Test
    void waitsForTheRolloutToBecomeKnown() throws Exception {
        known.add(event("other", "prod-1", "Deployment", null));
        apiserver.put(DEPLOYMENT, "{'spec':{'replicas':10},'status':{'updatedReplicas':3}}");
        SignalSinkTask task = startHere();
        put(task, halt(0, "a"));
        assertThat(deliveries.get(0).getDetail()).startsWith("no event of rollout a has been read");

        known.add(event("a", "prod-1", "Deployment", null));
        passSeconds(task, 1);

        assertThat(statuses()).endsWith(DeliveryStatus.SENT);
    }

    @Test
    void refusesAControllerAndAKindThatItDoesNotKnow() {
        known.add(event("a", "prod-1", "Deployment", new Controller("homegrown", null)));
        known.add(event("b", "prod-1", "FeatureFlag", null));

        put(startHere(), halt(0, "a"), halt(1, "b"));

        assertThat(context.deadLetters.get(0L)).hasMessageContaining("its controller is of type \"homegrown\"");
        assertThat(context.deadLetters.get(1L)).hasMessageContaining("its workload is a \"FeatureFlag\"");
    }

    @Test
    void letsNoNameEscapeIntoAnotherPath() {
        known.add(RolloutEvent.newBuilder(event("a", "prod-1", "Deployment", null))
                .setWorkload(new Workload("Deployment", "shop", "../../secrets/x"))
                .build());

        put(startHere(), halt(0, "a"));

        assertThat(context.deadLetters.get(0L))
                .hasMessageContaining("is no name that an object in Kubernetes could have");
        assertThat(apiserver.requests()).containsExactly("GET /apis/apps/v1");
    }

    private SignalSinkTask startHere() {
        return start(allOptions(apiserver.uri()));
    }

    private SignalSinkTask startPausing() {
        Map<String, String> options = allOptions(apiserver.uri());
        options.put("argo.rollouts.by", "PAUSE");
        return start(options);
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

    private static void controllerHasSeen(ObjectNode object) {
        object.withObject("/status")
                .put("observedGeneration", object.at("/metadata/generation").asLong());
    }

    private void daemonSet() {
        known.add(event("a", "prod-1", "DaemonSet", null));
    }

    private void statefulSet() {
        known.add(event("a", "prod-1", "StatefulSet", new Controller("kubernetes", null)));
    }

    private static org.apache.kafka.connect.sink.SinkRecord clear(long offset, String rolloutId) {
        return Signals.record(
                offset,
                of("clear", Action.CLEAR)
                        .setRolloutId(rolloutId)
                        .setExpires(null)
                        .build());
    }

    private static RolloutEvent event(
            String rolloutId, String cluster, String kind, @org.jspecify.annotations.Nullable Controller controller) {
        return RolloutEvent.newBuilder()
                .setTime(Signals.TIME)
                .setRolloutId(rolloutId)
                .setCluster(cluster)
                .setPhase(Phase.PROGRESSING)
                .setWorkload(new Workload(kind, "shop", "web"))
                .setController(controller)
                .build();
    }
}
