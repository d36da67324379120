package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of connectors is checked by the packaged connectors themselves, without Kafka. */
class ValidateConfigIT {
    private static final String SINKS = """
            connectors:
              spinnaker:
                connector.class: dev.andon.connect.spinnaker.SpinnakerSinkConnector
                gate.url: https://gate.example.com
                stop.by: %s
                actions: [HALT, CLEAR]
              argocd:
                connector.class: dev.andon.connect.argocd.ArgoCdSinkConnector
                server.url: https://argocd.example.com
                bearer.token: T0K3N
                %s: true
              halt:
                connector.class: dev.andon.connect.kubernetes.KubernetesSinkConnector
                clusters: [prod-1=https://10.0.0.4:6443]
                argo.rollouts.by: PAUSE
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsNothingWrongWithSinksThatAreRight() throws IOException {
        Terminal terminal = new Terminal();

        assertThat(terminal.run("validate-config", file(SINKS.formatted("PAUSE", "sync.window"))))
                .as(terminal.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).contains("is valid", "3 further connectors");
    }

    @Test
    void namesEveryOptionOfAConnectorThatIsWrongAtItsLine() throws IOException {
        Terminal terminal = new Terminal();

        assertThat(terminal.run("validate-config", file(SINKS.formatted("DELETE", "sync.windows"))))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err())
                .contains("andon.yaml:5:5: connectors.spinnaker.stop.by: ", "PAUSE, CANCEL")
                .contains("andon.yaml:11:5: connectors.argocd.sync.windows: ", "did you mean sync.window?")
                .doesNotContain("T0K3N");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("andon.yaml"), yaml).toString();
    }
}
