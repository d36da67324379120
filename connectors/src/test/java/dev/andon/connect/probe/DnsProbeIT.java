package dev.andon.connect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.intake.Program;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against real DNS servers on loopback. */
@Timeout(120)
class DnsProbeIT {
    @ParameterizedTest
    @CsvSource({"*.ok.test, NOERROR", "*.gone.test, NXDOMAIN", "*.refused.test, REFUSED", "*.broken.test, SERVFAIL"})
    void hearsWhatUnboundAnswers(String name, String rcode, @TempDir Path folder) throws Exception {
        Path unbound = Program.orSkip("unbound");
        int port = Program.freePort();
        Files.writeString(folder.resolve("unbound.conf"), """
                server:
                  interface: 127.0.0.1@%d
                  username: ""
                  chroot: ""
                  directory: "%s"
                  pidfile: ""
                  use-syslog: no
                  do-not-query-localhost: no
                  local-zone: "ok.test." redirect
                  local-data: "ok.test. A 10.0.0.1"
                  local-zone: "gone.test." always_nxdomain
                  local-zone: "refused.test." always_refuse
                  domain-insecure: "broken.test."
                  local-zone: "test." nodefault
                remote-control:
                  control-enable: no
                forward-zone:
                  name: "broken.test."
                  forward-addr: 127.0.0.1@1
                """.formatted(port, folder));
        try (Program running = Program.start(
                folder,
                List.of(
                        unbound.toString(),
                        "-d",
                        "-p",
                        "-c",
                        folder.resolve("unbound.conf").toString()))) {
            assertThat(rcodes(port, name)).contains(rcode);
            assertThat(running.isRunning()).isTrue();
        }
    }

    @Test
    void takesATruncatedAnswerOfBindForAnAnswer(@TempDir Path folder) throws Exception {
        Path named = Program.orSkip("named");
        int port = Program.freePort();
        Files.writeString(folder.resolve("named.conf"), """
                options {
                  directory "%1$s"; pid-file none; session-keyfile none; listen-on port %2$d { 127.0.0.1; };
                  listen-on-v6 { none; }; recursion no; dnssec-validation no;
                };
                controls { };
                zone "probe.test" { type master; file "%1$s/zone"; };
                """.formatted(folder, port));
        String text = "\"" + "x".repeat(250) + "\" ";
        Files.writeString(folder.resolve("zone"), """
                $TTL 60
                @ IN SOA ns.probe.test. admin.probe.test. 1 60 60 60 60
                @ IN NS ns.probe.test.
                ns IN A 127.0.0.1
                *.big IN TXT %s
                *.small IN A 10.0.0.1
                """.formatted(text.repeat(20)));
        try (Program running = Program.start(
                folder,
                List.of(
                        named.toString(),
                        "-f",
                        "-c",
                        folder.resolve("named.conf").toString(),
                        "-n",
                        "1"))) {
            assertThat(rcodes(port, "*.big.probe.test/TXT")).containsOnly("NOERROR");
            assertThat(rcodes(port, "*.small.probe.test")).containsOnly("NOERROR");
            assertThat(rcodes(port, "*.none.probe.test")).containsOnly("NXDOMAIN");
            assertThat(running.isRunning()).isTrue();
        }
    }

    @Test
    void countsTimeoutsOfAServerThatIsSilent() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningTask task = probe(silent.getLocalPort(), "*.any.test")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> samples(task).stream().anyMatch(sample -> sample.getTimeouts() > 0));
            assertThat(samples(task))
                    .allSatisfy(sample -> assertThat(sample.getResponses()).isZero());
        }
    }

    /** The rcodes of the first interval that has any; a server that is starting gives time-outs until then. */
    private static Set<String> rcodes(int port, String query) {
        try (RunningTask task = probe(port, query)) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> samples(task).stream().anyMatch(sample -> sample.getResponses() > 0));
            var rcodes = new TreeSet<String>();
            samples(task).forEach(sample -> rcodes.addAll(sample.getRcodes().keySet()));
            return rcodes;
        }
    }

    private static RunningTask probe(int port, String query) {
        return new RunningTask(
                new DnsProbeSourceTask(),
                Map.of(
                        "dns.servers", "prod/dns=127.0.0.1:" + port,
                        "queries", query,
                        "queries.per.second", "10",
                        "timeout.ms", "1000",
                        "interval.ms", "500"));
    }

    private static List<DnsErrors> samples(RunningTask task) {
        var serde = new SingleObjectSerde<>(DnsErrors.class);
        return task.written("andon.dns-errors").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
