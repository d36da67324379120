package dev.andon.service.config;

import dev.andon.decide.Lifecycle;
import dev.andon.decide.Settings;
import dev.andon.detect.DetectSettings;
import dev.andon.domain.Mode;
import dev.andon.service.config.Reading.Text;
import dev.andon.topology.Topics;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads each section of the file: which keys there are, what each may hold, what holds when it is absent. */
final class ConfigSections {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,98}[a-zA-Z0-9])?");
    private static final String NAME_IN_WORDS = "a name of letters, digits, '.', '_' and '-', at most 100 of them";
    private static final int MOST_PARTITIONS = 1000;
    private static final int SHORTEST_TOKEN = 16;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEARS = Duration.ofDays(3650);

    private ConfigSections() {}

    static AndonConfig read(String file, Section top) {
        Values values = new Values(top);
        Mode mode = values.choice("mode", Mode.OBSERVE);
        AndonConfig config = new AndonConfig(
                mode,
                data(top.section("data")),
                kafka(top.section("kafka")),
                http(top.section("http")),
                detection(top.section("detection")).with(PolicySection.read(top.section("policy"), mode)),
                fleets(top),
                top.sections("clusters").stream().map(ConfigSections::cluster).toList(),
                top.sections("webhooks").stream().map(ConfigSections::webhook).toList(),
                connectors(top.section("connectors")),
                new AndonConfig.Origin(file, Map.of()));
        top.finish();
        return withPlaces(config, top.reading());
    }

    private static AndonConfig withPlaces(AndonConfig c, Reading reading) {
        return new AndonConfig(
                c.mode(),
                c.dataDirectory(),
                c.kafka(),
                c.http(),
                c.detection(),
                c.fleets(),
                c.clusters(),
                c.webhooks(),
                c.connectors(),
                new AndonConfig.Origin(c.origin().file(), reading.places()));
    }

    private static Path data(Section section) {
        Path directory =
                section.text("dir").flatMap(text -> path(section, text)).orElse(Path.of("./data"));
        section.finish();
        return directory;
    }

    private static Optional<Path> path(Section section, Text text) {
        try {
            return Optional.of(Path.of(text.value()));
        } catch (InvalidPathException e) {
            section.reading()
                    .report(
                            text.place(),
                            text.path(),
                            ConfigProblem.quoted(text.raw()),
                            "is not a path on this machine",
                            "write for example ./data");
            return Optional.empty();
        }
    }

    private static KafkaConfig kafka(Section section) {
        Values values = new Values(section);
        Optional<String> servers = section.text("bootstrap.servers").map(Text::value);
        int port = values.whole("port", 9092, 0, 65535);
        String prefix = values.text(
                        "topic.prefix",
                        Pattern.compile("[a-zA-Z0-9._-]{0,100}"),
                        "letters, digits, '.', '_' and '-', at most 100 of them",
                        "andon.")
                .orElse(Topics.DEFAULT.prefix());
        int replicas = values.whole("replication.factor", -1, -1, 100);
        int partitions = values.whole("partitions", 6, 1, MOST_PARTITIONS);
        int fleetPartitions = values.whole("fleet.partitions", 1, 1, MOST_PARTITIONS);
        Duration samples = values.duration("retention.samples", Duration.ofDays(1), HOUR, YEARS);
        Duration history = values.duration("retention.history", Duration.ofDays(30), HOUR, YEARS);
        return new KafkaConfig(
                servers,
                port,
                new Topics(prefix),
                (short) (replicas == 0 ? -1 : replicas),
                partitions,
                fleetPartitions,
                samples,
                history,
                ClientOptions.read(section));
    }

    private static HttpConfig http(Section section) {
        Values values = new Values(section);
        String host = values.text("host", "127.0.0.1");
        int port = values.whole("port", 8080, 0, 65535);
        List<HttpConfig.Token> tokens = new ArrayList<>();
        for (Section token : section.sections("tokens")) {
            Values entry = new Values(token);
            token.requireKey("name", "it says in the audit who acted", "write for example name: ci");
            token.requireKey("token", "nobody could use this entry", "write for example token: ${env:ANDON_TOKEN}");
            Optional<String> name = entry.text("name", NAME, NAME_IN_WORDS, "ci");
            Optional<Secret> secret = entry.secret("token", SHORTEST_TOKEN);
            token.finish();
            if (name.isPresent() && secret.isPresent()) {
                tokens.add(new HttpConfig.Token(name.get(), secret.get()));
            }
        }
        section.finish();
        return new HttpConfig(host, port, tokens);
    }

    private static Settings detection(Section section) {
        Values values = new Values(section);
        double budget = values.number("false-halt-probability", 0.001, 0, 0.5);
        Settings base = Settings.forBudget(budget);
        DetectSettings detect = base.detect();
        Settings settings = new Settings(
                budget,
                new DetectSettings(
                        detect.evidenceNeeded(),
                        values.duration(
                                "least-tick", detect.leastTick(), Duration.ofMillis(100), Duration.ofMinutes(5)),
                        detect.warmupTicks(),
                        values.number("latency-ratio", detect.latencyRatio(), 1, 1000),
                        seconds(values.duration(
                                "latency-increase",
                                Duration.ofMillis(Math.round(detect.latencySeconds() * 1000)),
                                Duration.ofMillis(1),
                                Duration.ofMinutes(1))),
                        values.number("error-ratio", detect.errorRatio(), 1, 1000),
                        values.number("error-increase", detect.errorShare(), 0, 1),
                        values.number("number-ratio", detect.numberRatio(), 0, 1000)),
                values.number("halt-probability", base.haltProbability(), 0.5, 1),
                values.number("hold-probability", base.holdProbability(), 0, 1),
                values.duration("causal-window", base.causalWindow(), Duration.ofSeconds(10), Duration.ofHours(6)),
                values.duration(
                        "calm-before-clear", base.calmBeforeClear(), Duration.ofSeconds(1), Duration.ofHours(6)),
                base.reportEvery(),
                base.grace(),
                lifecycle(values),
                base.policy());
        section.finish();
        return settings;
    }

    private static Lifecycle lifecycle(Values values) {
        Lifecycle base = Lifecycle.DEFAULT;
        Duration second = Duration.ofSeconds(1);
        return new Lifecycle(
                values.duration("halt-timeout", base.haltTimeout(), second, HOUR),
                values.duration("recovery-timeout", base.recoveryTimeout(), second, Duration.ofHours(6)),
                values.duration("flap-window", base.flapWindow(), second, Duration.ofHours(6)),
                values.flag("clear-alarms", base.clearAlarms()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static List<String> fleets(Section top) {
        List<Text> names = top.texts("fleets");
        return names.isEmpty()
                ? List.of("default")
                : names.stream().map(Text::value).toList();
    }

    private static ClusterConfig cluster(Section section) {
        Values values = new Values(section);
        section.requireKey(
                "name", "it is the key of everything that is said of a cluster", "write for example name: prod-1");
        ClusterConfig cluster = new ClusterConfig(
                values.text("name", NAME, NAME_IN_WORDS, "prod-1").orElse(""),
                values.text("fleet", "default"),
                section.text("environment").map(Text::value),
                values.optionalWhole("nodes", 0, 1_000_000, 60),
                values.optionalDuration("dns-cache", Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(7)),
                values.urls("apiservers"),
                values.urls("dns-servers"),
                values.secret("token", 1),
                section.text("token-file").map(Text::value),
                section.text("ca-file").map(Text::value));
        section.finish();
        return cluster;
    }

    private static WebhookConfig webhook(Section section) {
        Values values = new Values(section);
        section.requireKey("name", "deliveries are recorded under it", "write for example name: cd");
        section.requireKey("url", "signals are posted there", "write for example url: https://cd.example.com/andon");
        section.requireKey(
                "signing-secret", "receivers check it", "write for example signing-secret: ${env:WEBHOOK_SECRET}");
        WebhookConfig webhook = new WebhookConfig(
                values.text("name", NAME, NAME_IN_WORDS, "cd").orElse(""),
                values.url("url").map(url -> new Secret(url.toString())).orElse(new Secret("")),
                values.signingSecrets("signing-secret").orElse(new Secret("")),
                section.texts("actions").stream().map(Text::value).toList());
        section.finish();
        return webhook;
    }

    private static Map<String, ClientProperties> connectors(Section section) {
        Map<String, ClientProperties> connectors = new LinkedHashMap<>();
        section.named().forEach((name, connector) -> {
            connector.requireKey(
                    "connector.class",
                    "it says which connector this is",
                    "write for example connector.class: dev.andon.connect.webhook.WebhookSinkConnector");
            connectors.put(
                    name,
                    ClientProperties.of(connector.rest().stream()
                            .collect(Collectors.toMap(connector::keyOf, text -> text, (first, second) -> first))));
        });
        return connectors;
    }
}
