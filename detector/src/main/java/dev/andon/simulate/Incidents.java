package dev.andon.simulate;

import dev.andon.simulate.Agent.Benign;
import dev.andon.simulate.Agent.BreaksDns;
import dev.andon.simulate.Agent.Flaps;
import dev.andon.simulate.Agent.Leaks;
import dev.andon.simulate.Agent.ListsThePods;
import dev.andon.simulate.Agent.Tips;
import dev.andon.simulate.Agent.Writes;
import dev.andon.simulate.Disturbance.SlowInstance;
import java.time.Duration;

/** Scenarios in which a rollout is guilty, and the healthy one. */
final class Incidents {
    private static final double PAUSE_BETWEEN_LISTS_SECONDS = 30;
    /** An unpaginated LIST from etcd: about 13 µs of work per pod. */
    private static final double SECONDS_PER_POD = 13e-6;

    private Incidents() {}

    static Agent listStorm(double severity) {
        return new ListsThePods(PAUSE_BETWEEN_LISTS_SECONDS / severity, SECONDS_PER_POD);
    }

    /** OpenAI, 2024-12-11. */
    static Story dnsMaskedControlPlane(Story story) {
        story.family("list-storm").stagingAndTwoProductions();
        if (story.pace().forTheEyes()) story.calm();
        Duration start = story.pace().warmUp();
        Duration gap = story.pace().gap();
        Duration soon = start.minus(gap.dividedBy(4));
        story.deployment(
                "web",
                "42",
                new Benign(0.02),
                soon,
                story.pace().wave().multipliedBy(4).dividedBy(3));
        story.daemonSet("observability", "telemetry-agent", "7f3", listStorm(story.severity()), start);
        return story.daemonSet("storage", "storage-csi", "1c9", new Benign(0.03), start.plus(gap.dividedBy(2)));
    }

    static Story healthy(Story story) {
        story.stagingAndTwoProductions();
        Duration start = story.pace().warmUp();
        Duration gap = story.pace().gap();
        story.deployment("web", "43", rise(story), start, story.pace().wave());
        story.daemonSet("observability", "telemetry-agent", "7f2", rise(story), start);
        return story.daemonSet("storage", "storage-csi", "1ca", rise(story), start.plus(gap.dividedBy(2)));
    }

    /** A cost that was expected: at most 10 %. */
    static Agent rise(Story story) {
        return new Benign(story.draw().chance(0.3) ? story.draw().uniform(0.02, 0.1) : 0);
    }

    static Story concurrentRollouts(Story story) {
        story.family("list-storm")
                .cluster("prod-east", "production", 900)
                .cluster("prod-north", "production", 1_600)
                .cluster("prod-west", "production", 2_500);
        Duration start = story.pace().warmUp();
        int rollouts = 2 + story.draw().below(7);
        int guilty = story.draw().below(rollouts);
        for (int i = 0; i < rollouts; i++) {
            long spreadMillis = story.pace().gap().toMillis();
            Duration at = start.plusMillis(Math.round(story.draw().uniform(0, 1) * spreadMillis));
            Agent agent = i == guilty ? listStorm(story.severity()) : rise(story);
            String revision = "%03x".formatted(story.draw().below(4_096));
            if (i != guilty && story.draw().chance(0.4)) {
                story.deployment(
                        "service-" + (char) ('a' + i),
                        revision,
                        agent,
                        at,
                        story.pace().wave());
            } else {
                story.daemonSet("platform", "agent-" + (char) ('a' + i), revision, agent, at);
            }
        }
        return story;
    }

    static Story dnsConfig(Story story) {
        story.family("dns-config").stagingAndTwoProductions().nodeLocalDns();
        Duration start = story.pace().warmUp();
        Agent breaks = new BreaksDns(Math.min(1, 0.5 * story.severity()));
        story.deployment("web", "44", new Benign(0.02), start, story.pace().wave());
        return story.daemonSet("kube-system", "node-dns", "2c4", breaks, start);
    }

    /** harmonycloud/kindling#459: a DaemonSet is not paced by anybody. */
    static Story allAtOnce(Story story) {
        story.family("list-storm").cluster("prod-1500", "production", 1_500);
        Duration start = story.pace().warmUp();
        story.deployment("web", "45", new Benign(0.02), start, story.pace().wave());
        Agent agent = listStorm(2 * story.severity());
        return story.everywhere("DaemonSet", "node-telemetry", "5c1", agent, start, Duration.ofSeconds(2));
    }

    static Story writeStorm(Story story) {
        story.family("write-storm").stagingAndTwoProductions();
        Duration start = story.pace().warmUp();
        story.deployment("web", "46", new Benign(0.02), start, story.pace().wave());
        return story.daemonSet("platform", "node-reporter", "9d0", new Writes(1 / story.severity()), start);
    }

    /** Slack, 2022-02-22. */
    static Story threshold(Story story) {
        story.family("threshold").cluster("prod-2000", "production", 2_000);
        Duration start = story.pace().warmUp();
        story.deployment("web", "47", new Benign(0.02), start, story.pace().wave());
        Agent tips = new Tips(0.66, 1 + 7 * story.severity());
        return story.daemonSet("platform", "discovery-agent", "c25", tips, start);
    }

    static Story slowLeak(Story story) {
        story.family("slow-leak").cluster("prod-1000", "production", 1_000);
        Duration start = story.pace().warmUp();
        double minutes = story.pace().wave().plus(story.pace().after()).toMillis() / 60_000.0;
        story.deployment("web", "48", new Benign(0.02), start, story.pace().wave());
        return story.daemonSet("platform", "log-shipper", "e11", new Leaks(6 * story.severity() / minutes), start);
    }

    /** Cloudflare, 2025-11-18. */
    static Story flapping(Story story) {
        story.family("flapping").cluster("prod-2000", "production", 2_000);
        Duration start = story.pace().warmUp();
        double period = Math.max(10, story.pace().wave().toSeconds() / 6.0);
        story.deployment("web", "49", new Benign(0.02), start, story.pace().wave());
        Agent flaps = new Flaps(new Tips(0.05, 1 + 5 * story.severity()), period);
        return story.daemonSet("platform", "feature-sync", "b07", flaps, start);
    }

    /** Cloudflare, 2025-12-05: no dose axis at all. */
    static Story globalConfig(Story story) {
        story.family("global-config").cluster("prod-800", "production", 800).cluster("prod-2000", "production", 2_000);
        Duration start = story.pace().warmUp();
        story.deployment(
                "web",
                "50",
                new Benign(0.02),
                start.minus(story.pace().gap()),
                story.pace().wave());
        Agent tips = new Tips(0.001, 1 + 7 * story.severity());
        return story.everywhere("ConfigMap", "request-limits", "a51", tips, start, Duration.ZERO);
    }

    static Story metastable(Story story) {
        story.family("metastable")
                .cluster("prod-3000", "production", 3_000)
                .retries(3)
                .busy(4);
        Duration start = story.pace().warmUp();
        story.deployment("web", "51", new Benign(0.02), start, story.pace().wave());
        return story.daemonSet("observability", "telemetry-agent", "7f4", listStorm(story.severity()), start);
    }

    /** Every apiserver is slower for good, and people live with it; later a rollout hurts the same clusters. */
    static Story newNormal(Story story) {
        Duration lived = Duration.ofMinutes(25);
        story.family("list-storm").prelude(lived);
        story.cluster("prod-800", "production", 800).cluster("prod-2000", "production", 2_000);
        double since = story.pace().warmUp().toSeconds();
        for (ClusterSpec spec : story.clusters()) {
            for (int instance = 0; instance < spec.instances(); instance++) {
                story.trouble(
                        spec.name(), new SlowInstance(since, story.length().toSeconds(), instance, 4));
            }
        }
        Duration start = story.pace().warmUp().plus(lived);
        story.deployment("web", "52", new Benign(0.02), start, story.pace().wave());
        return story.daemonSet("observability", "node-exporter", "a17", listStorm(2 * story.severity()), start);
    }
}
