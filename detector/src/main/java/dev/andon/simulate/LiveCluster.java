package dev.andon.simulate;

import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One simulated cluster that runs in real time, with the running totals of its servers. Thread-safe. */
final class LiveCluster {
    /** A little of what was served before the scenario, so that the first page already shows every series. */
    private static final int PAST_TICKS = 12;

    private static final double PAST_TICK_SECONDS = 5;

    private final SimulatedCluster cluster;
    private final long seed;
    private final List<ApiserverPage> apiservers = new ArrayList<>();
    private final Map<String, CoreDnsPage> resolvers = new LinkedHashMap<>();
    private SimulatedCluster.State state;
    private Optional<Tick> last = Optional.empty();

    /** @param processStart real time at which its servers began */
    LiveCluster(Scenario scenario, ClusterSpec spec, Instant processStart) {
        this.cluster = scenario.simulate(spec);
        this.seed = scenario.seed();
        this.state = cluster.start();
        for (int i = 0; i < spec.instances(); i++) apiservers.add(new ApiserverPage(processStart));
        for (int i = 0; i < spec.dnsServers(); i++) addResolver(spec.dnsServerName(i), View.SERVER, processStart);
        addResolver(DnsTraffic.WORKLOADS, View.CLIENT, processStart);
        for (int i = 0; i < PAST_TICKS; i++) {
            SimulatedCluster.Step past = cluster.step(state, PAST_TICK_SECONDS, Map.of());
            state = past.next();
            count(past.tick(), PAST_TICK_SECONDS, processStart, Draw.of(seed, spec.name() + "/past", i));
        }
        state = cluster.start();
    }

    private void addResolver(String name, View view, Instant processStart) {
        resolvers.put(name, new CoreDnsPage(processStart, new Answered(name, view)));
    }

    ClusterSpec spec() {
        return cluster.spec();
    }

    /**
     * @param now real time at the end of the tick, for servers that restart
     * @return what happened
     */
    synchronized Tick step(double seconds, Map<String, Coverage> coverage, Instant now) {
        Draw draw = Draw.of(seed, spec().name() + "/pages", state.tick());
        SimulatedCluster.Step step = cluster.step(state, seconds, coverage);
        state = step.next();
        Tick tick = step.tick();
        count(tick, seconds, now, draw);
        last = Optional.of(tick);
        return tick;
    }

    private void count(Tick tick, double seconds, Instant now, Draw draw) {
        for (int i = 0; i < apiservers.size(); i++) {
            if (tick.down().get(i)) {
                apiservers.set(i, new ApiserverPage(now));
            } else {
                apiservers.get(i).countSideline(draw, seconds);
            }
        }
        for (Served served : tick.served()) apiservers.get(served.instance()).count(draw, served);
        for (Answered answered : tick.answered()) {
            CoreDnsPage page = resolvers.get(answered.server());
            if (page != null) page.count(draw, answered);
        }
    }

    /** @return the page of an apiserver; empty while the process is down or cannot be scraped */
    synchronized Optional<byte[]> apiserverPage(int instance, Exposition format) {
        boolean hidden = last.map(
                        tick -> tick.down().get(instance) || tick.unscraped().get(instance))
                .orElse(false);
        return hidden
                ? Optional.empty()
                : Optional.of(format.render(apiservers.get(instance).snapshot()));
    }

    /** @return the page of a DNS server; empty while it cannot be scraped */
    synchronized Optional<byte[]> resolverPage(String server, Exposition format) {
        if (last.map(Tick::resolversUnscraped).orElse(false)) return Optional.empty();
        return Optional.ofNullable(resolvers.get(server)).map(page -> format.render(page.snapshot()));
    }
}
