package dev.andon.simulate;

import dev.andon.simulate.Scenario.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The library of scenarios. Each is a function of seed, severity and pace. */
public enum Scenarios {
    DNS_MASKED_CONTROL_PLANE(
            "an agent LISTs all pods on every node: staging silent, the large cluster saturates, DNS caches hide it",
            Incidents::dnsMaskedControlPlane),
    HEALTHY("three rollouts that harm nobody, among all the everyday noise", Incidents::healthy),
    CONCURRENT_ROLLOUTS("two to eight rollouts at once, one of them guilty", Incidents::concurrentRollouts),
    DNS_CONFIG("an update of the node-local DNS breaks look-ups on updated nodes", Incidents::dnsConfig),
    ALL_AT_ONCE("a new DaemonSet starts on all nodes at once and LISTs the pods", Incidents::allAtOnce),
    WRITE_STORM("an agent PATCHes its node far too often", Incidents::writeStorm),
    THRESHOLD("harmless until the last third of the nodes, then a shared cache tips over", Incidents::threshold),
    SLOW_LEAK("each updated node costs more the longer it runs", Incidents::slowLeak),
    FLAPPING("bad in some minutes and not in others, more often as coverage grows", Incidents::flapping),
    GLOBAL_CONFIG("one change reaches every node of every cluster in a second", Incidents::globalConfig),
    METASTABLE("a busy cluster whose clients retry: it stays hurt after a halt", Incidents::metastable),
    NEW_NORMAL("apiservers have become slower for good when a rollout comes and hurts them", Incidents::newNormal),
    ROGUE_CLIENT("a client of no rollout LISTs in loops while innocents roll out", Negatives::rogueClient),
    UNREGISTERED_CHANGE("an agent that nobody announced spreads over the nodes", Negatives::unregisteredChange),
    UPSTREAM_DNS_OUTAGE("names outside the clusters stop resolving: nobody's rollout", Negatives::upstreamDns),
    DNS_RETRY_STORM("clients that retry drown the DNS servers: nobody's rollout", Negatives::dnsRetryStorm),
    SLOW_DISK("the disk under etcd is slow: nobody's rollout", Negatives::slowDisk),
    SCRAPE_BLACKOUT("all telemetry of one cluster is away for a while and nothing is wrong", Negatives::scrapeBlackout),
    TRAFFIC_DOUBLING("traffic doubles while innocents roll out", Negatives::trafficDoubling),
    CLEAN("one harmless rollout in one cluster, with all the everyday noise", Negatives::clean);

    private final String description;
    /** A method reference that captures nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Story, Story> teller;

    Scenarios(String description, Function<Story, Story> teller) {
        this.description = description;
        this.teller = teller;
    }

    /**
     * @param severity 1 for the case as described
     * @param telemetry how the apiservers are watched
     */
    public record Options(long seed, double severity, Pace pace, Telemetry telemetry) {
        public Options {
            if (!(severity > 0 && severity <= 100)) {
                throw new IllegalArgumentException("severity must be in (0, 100] but was " + severity);
            }
        }

        /** @return severity 1, scraped from {@code /metrics} */
        public static Options of(long seed, Pace pace) {
            return new Options(seed, 1, pace, Telemetry.METRICS);
        }

        public Options withSeverity(double other) {
            return new Options(seed, other, pace, telemetry);
        }

        public Options withInterval(Duration interval) {
            return new Options(seed, severity, pace.sampledEvery(interval), telemetry);
        }

        public Options withTelemetry(Telemetry other) {
            return new Options(seed, severity, pace, other);
        }
    }

    /** @return the name as users write it, e.g. {@code dns-masked-control-plane} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    public Scenario create(Options options) {
        return teller.apply(new Story(label(), options)).tell();
    }

    /** @return the scenario of that name; an unknown name is refused with the list of those that exist */
    public static Scenarios named(String label) {
        return Stream.of(values())
                .filter(scenario -> scenario.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no scenario \"" + label + "\"; choose one of " + String.join(", ", labels())));
    }

    public static List<String> labels() {
        return Stream.of(values()).map(Scenarios::label).toList();
    }
}
