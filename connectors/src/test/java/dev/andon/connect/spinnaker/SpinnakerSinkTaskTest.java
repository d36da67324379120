package dev.andon.connect.spinnaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.andon.schema.Mode;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinnakerSinkTaskTest extends SinkContract {
    private final FakeGate gate = new FakeGate();
    private final Map<String, Controller> controllers = new HashMap<>();

    /** Every rollout that is not spelt out is an execution of the same name, in two clusters. */
    private final RolloutDirectory directory = rolloutId -> {
        Controller controller = controllers.getOrDefault(rolloutId, new Controller("spinnaker", rolloutId));
        return List.of(event(rolloutId, "prod-1", controller), event(rolloutId, "prod-2", controller));
    };

    @AfterEach
    void stop() {
        gate.close();
    }

    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new SpinnakerSinkTask(clock, openLog, config -> directory);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of(
                "gate.url", receiver.toString(),
                "headers", "Authorization: Bearer GAT3",
                "rollouts.consumer.bootstrap.servers", "unused:1",
                "rollouts.consumer.sasl.jaas.config", "C0NSUM3R");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("GAT3", "PR0DUC3R", "C0NSUM3R");
    }

    @Override
    protected int longestBytes() {
        return 1_024;
    }

    @Override
    protected void answerAll(int status) {
        receiver.otherwise(status, status < 300 && status != 204 ? "{\"status\":\"PAUSED\"}" : "");
    }

    @Override
    protected Kind meaning(int status) {
        return status == 204 ? Kind.RETRY : super.meaning(status);
    }

    @Test
    void pausesAnExecutionReadsThatItIsPausedAndLetsItGoOnAfterAClear() {
        ObjectNode execution = gate.put("e1", "RUNNING");
        SignalSinkTask task = startHere();

        put(task, halt(0, "e1"));
        passSeconds(task, 1);

        assertThat(execution.path("status").asText()).isEqualTo("PAUSED");
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
        assertThat(deliveries.get(1).getDetail()).isEqualTo("pipeline execution e1 is PAUSED");
        put(task, clear(1, "e1"));

        assertThat(execution.path("status").asText()).isEqualTo("RUNNING");
        assertThat(gate.requests().stream().filter(request -> request.startsWith("PUT")))
                .containsExactly("PUT /pipelines/e1/pause", "PUT /pipelines/e1/resume");
        assertThat(committed(task, 2)).isEqualTo(2);
    }

    @Test
    void letsAnExecutionGoOnThoughAnotherWorkerPausedIt() {
        ObjectNode execution = gate.put("e1", "RUNNING");
        put(startHere(), halt(0, "e1"));

        put(startHere(), clear(1, "e1"));

        assertThat(execution.path("status").asText()).isEqualTo("RUNNING");
    }

    @Test
    void leavesAnExecutionPausedThatAPersonHasPaused() {
        ObjectNode execution = gate.put("e1", "PAUSED");
        execution.putObject("paused").put("pausedBy", "maria@example.com");
        SignalSinkTask task = startHere();

        put(task, halt(0, "e1"));
        put(task, clear(1, "e1"));

        assertThat(statuses()).startsWith(DeliveryStatus.VERIFIED);
        assertThat(execution.path("status").asText()).isEqualTo("PAUSED");
        assertThat(gate.requests()).noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void cancelsWhereThatIsWantedAndSaysForWhichSignal() {
        ObjectNode execution = gate.put("e1", "RUNNING");
        SignalSinkTask task = start(cancelling());

        put(task, halt(0, "e1"));
        passSeconds(task, 1);
        put(task, clear(1, "e1"));

        assertThat(execution.path("status").asText()).isEqualTo("CANCELED");
        assertThat(gate.requests())
                .contains("PUT /pipelines/e1/cancel?reason=Andon%3A+HALT%2C+signal+e1&force=false")
                .noneMatch(request -> request.endsWith("/resume"));
        assertThat(statuses()).containsExactly(DeliveryStatus.SENT, DeliveryStatus.VERIFIED);
    }

    @Test
    void pausesAnExecutionThatWaitsAsSoonAsItBegins() {
        ObjectNode execution = gate.put("e1", "NOT_STARTED");
        SignalSinkTask task = startHere();
        put(task, halt(0, "e1"));

        execution.put("status", "RUNNING");
        passSeconds(task, 2);

        assertThat(execution.path("status").asText()).isEqualTo("PAUSED");
        assertThat(statuses()).endsWith(DeliveryStatus.VERIFIED);
    }

    @Test
    void pausesAgainWhatSomebodyLetGoOnAndGivesUpLoudlyInTheEnd() {
        gate.put("e1", "RUNNING");
        gate.afterPut(execution -> execution.put("status", "RUNNING"));
        SignalSinkTask task = startHere();

        put(task, halt(0, "e1"));
        passSeconds(task, 20);

        assertThat(gate.requests().stream().filter(request -> request.endsWith("/pause")))
                .hasSize(10);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("was stopped 10 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED_CONTINUE"})
    void saysLoudlyThatAnExecutionWasOverBeforeItCouldBeStopped(String status) {
        gate.put("e1", status);

        put(startHere(), halt(0, "e1"));

        assertThat(statuses()).containsExactly(DeliveryStatus.FAILED);
        assertThat(deliveries.get(0).getRetryAt()).isNull();
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("before it could be stopped");
    }

    @Test
    void hasNothingToDoWithRolloutsOfOtherControllers() {
        controllers.put("a", new Controller("argo-rollouts", "shop/web"));
        controllers.put("b", null);
        SignalSinkTask task = startHere();

        put(task, halt(0, "a"), halt(1, "b"));
        passSeconds(task, 30);

        assertThat(gate.requests()).containsExactly("GET /auth/user");
        assertThat(deliveries).isEmpty();
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void refusesAReferenceThatIsNoExecution() {
        controllers.put("a", new Controller("spinnaker", "../credentials"));
        controllers.put("b", new Controller("spinnaker", null));

        put(startHere(), halt(0, "a"), halt(1, "b"));

        assertThat(context.deadLetters.values()).hasSize(2).allSatisfy(cause -> assertThat(cause)
                .hasMessageContaining("is no id of a pipeline execution"));
        assertThat(gate.requests()).containsExactly("GET /auth/user");
    }

    @Test
    void namesTheExecutionsThatItWouldHaveStoppedInObserveMode() {
        put(
                startHere(),
                Signals.record(0, of("e1", Action.HALT).setMode(Mode.OBSERVE).build()));

        assertThat(deliveries.get(0).getDetail()).endsWith("would have been done: stop pipeline execution e1");
    }

    @Test
    void noticesAtTheStartThatGateTakesItForNobody() {
        receiver.otherwise(200, "");

        start();

        assertThat(context.healthy()).containsExactly(0);
    }

    @Test
    void knowsNoOtherWayToStop() {
        Map<String, String> options = new HashMap<>(allOptions(gate.uri()));
        options.put("stop.by", "DELETE");

        assertThatThrownBy(() -> SpinnakerSinkConfig.parse(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stop.by");
    }

    private SignalSinkTask startHere() {
        return start(here());
    }

    private Map<String, String> here() {
        Map<String, String> options = allOptions(gate.uri());
        options.put("headers", "Authorization: Bearer andon");
        return options;
    }

    private Map<String, String> cancelling() {
        Map<String, String> options = here();
        options.put("stop.by", "CANCEL");
        return options;
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

    private static RolloutEvent event(
            String rolloutId, String cluster, @org.jspecify.annotations.Nullable Controller controller) {
        return RolloutEvent.newBuilder()
                .setTime(Signals.TIME)
                .setRolloutId(rolloutId)
                .setCluster(cluster)
                .setPhase(Phase.PROGRESSING)
                .setWorkload(new Workload("Deployment", "shop", "web"))
                .setController(controller)
                .build();
    }
}
