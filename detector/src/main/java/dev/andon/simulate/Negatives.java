package dev.andon.simulate;

import dev.andon.simulate.Disturbance.DnsRetryStorm;
import dev.andon.simulate.Disturbance.RogueClient;
import dev.andon.simulate.Disturbance.ScrapeGap;
import dev.andon.simulate.Disturbance.SlowDisk;
import dev.andon.simulate.Disturbance.TrafficChange;
import dev.andon.simulate.Disturbance.UnregisteredChange;
import dev.andon.simulate.Disturbance.UpstreamDnsFails;
import java.time.Duration;

/** Scenarios in which no rollout is guilty: trouble of another origin, or none at all. */
final class Negatives {
    private Negatives() {}

    /** Two clusters, two innocent rollouts. */
    private static Story innocents(Story story) {
        story.cluster("prod-800", "production", 800).cluster("prod-2000", "production", 2_000);
        Duration start = story.pace().warmUp();
        story.deployment("web", "60", Incidents.rise(story), start, story.pace().wave());
        return story.daemonSet("storage", "storage-csi", "2a0", Incidents.rise(story), start);
    }

    /** A time at which rollouts are in flight. */
    private static double during(Story story) {
        double first = story.pace().warmUp().toSeconds();
        double last = first + story.pace().gap().plus(story.pace().wave()).toSeconds();
        return story.draw().uniform(first, last);
    }

    private static double untilEnd(Story story) {
        return story.length().toSeconds();
    }

    static Story rogueClient(Story story) {
        innocents(story).family("rogue-client");
        double loops = 40 * story.severity();
        return story.trouble("prod-2000", new RogueClient(during(story), untilEnd(story), loops));
    }

    /** Datadog 2023-03-08. */
    static Story unregisteredChange(Story story) {
        innocents(story).family("unregistered-change");
        Agent agent = Incidents.listStorm(2 * story.severity());
        double spread = story.pace().wave().toSeconds() / 3.0;
        return story.trouble("prod-2000", new UnregisteredChange(during(story), spread, agent));
    }

    /** AWS 2025-10-20. */
    static Story upstreamDns(Story story) {
        innocents(story).family("upstream-dns");
        double at = during(story);
        double share = Math.min(0.9, 0.2 * story.severity());
        for (ClusterSpec spec : story.clusters()) {
            story.trouble(spec.name(), new UpstreamDnsFails(at, untilEnd(story), share));
        }
        return story;
    }

    /** Zalando 2019-01-07. */
    static Story dnsRetryStorm(Story story) {
        innocents(story).family("dns-retry-storm");
        double unanswered = Math.min(0.9, 0.15 * story.severity());
        return story.trouble("prod-800", new DnsRetryStorm(during(story), untilEnd(story), 4, unanswered));
    }

    static Story slowDisk(Story story) {
        innocents(story).family("slow-disk");
        double length = story.pace().wave().toSeconds();
        return story.trouble("prod-2000", new SlowDisk(during(story), length, 0.15 * story.severity()));
    }

    static Story scrapeBlackout(Story story) {
        innocents(story).family("scrape-blackout");
        double length = story.pace().wave().toSeconds() / 2.0;
        return story.trouble("prod-800", new ScrapeGap(during(story), length, -1));
    }

    static Story trafficDoubling(Story story) {
        innocents(story).family("traffic-doubling");
        double at = during(story);
        for (ClusterSpec spec : story.clusters()) story.trouble(spec.name(), new TrafficChange(at, 10, 2));
        return story;
    }

    /** The cheapest one, for false-halt rates over thousands of seeds. */
    static Story clean(Story story) {
        int[] sizes = {60, 300, 600, 1_200, 3_000};
        story.cluster("prod-1", "production", sizes[story.draw().below(sizes.length)]);
        Duration start = story.pace().warmUp();
        if (story.draw().chance(0.5)) {
            return story.deployment(
                    "web", "61", Incidents.rise(story), start, story.pace().wave());
        }
        return story.daemonSet("platform", "agent", "3d1", Incidents.rise(story), start);
    }
}
