package dev.andon.connect.scrape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the targets of one task: those of the configuration, of files and of Kubernetes, in this order where two have the
 * same name. Looks again on a thread of its own, so that a file system that hangs delays no scrape. What cannot be read
 * keeps the last list that could; that is counted with every look, and logged once when it begins and once when it is over.
 */
final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusScrapeSourceTask.class);

    /**
     * How long an API server is scraped that is no longer listed. One that is too busy to renew its lease disappears from
     * the list, and what it still says then matters most.
     */
    static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** What can be wrong: a file as a whole, one entry of it, a name given twice, the cluster's answers. */
    enum Source {
        FILE,
        ENTRY,
        DUPLICATE,
        KUBERNETES
    }

    private final DiscoverySettings settings;
    private final List<Target> named;
    private final LongSupplier nanos;
    private final ScrapeMetrics metrics;
    private final Map<TargetFile, TargetFile.Content> lastGood = new HashMap<>();
    private final Map<Target, Long> lastListed = new LinkedHashMap<>();
    private final Set<String> standing = new HashSet<>();
    private final Optional<ClusterEndpoints> cluster;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var made = new Thread(work, "andon-discovery");
        made.setDaemon(true);
        return made;
    });
    private volatile String clusterFailure = "";
    private volatile List<Target> targets;

    /**
     * Looks for the first time, without waiting for Kubernetes.
     *
     * @param named by the configuration; all of them are this task's
     * @param nanos monotonic
     */
    Discovery(DiscoverySettings settings, List<Target> named, LongSupplier nanos, ScrapeMetrics metrics) {
        this.settings = settings;
        this.named = named;
        this.nanos = nanos;
        this.metrics = metrics;
        this.targets = named;
        this.cluster = settings.kubernetes().isEmpty()
                ? Optional.empty()
                : Optional.of(new ClusterEndpoints(settings, this::clusterFailed));
        if (settings.finds()) {
            look();
            long millis = settings.refresh().toMillis();
            var unused = thread.scheduleWithFixedDelay(this::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** @return what to scrape; the same object for as long as nothing has changed */
    List<Target> targets() {
        return targets;
    }

    /** May be called from any thread. */
    @Override
    public void close() {
        thread.shutdownNow();
        cluster.ifPresent(ClusterEndpoints::close);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException fault) {
            // Thrown on, it would end the looking for good.
            LOG.error("Looking for targets failed in an unexpected way; please report this", fault);
        }
    }

    private void look() {
        var problems = new LinkedHashMap<String, Source>();
        var found = new LinkedHashMap<String, Target>();
        named.forEach(target -> found.put(target.id(), target));
        for (TargetFile file : settings.files()) {
            read(file, problems).forEach(target -> {
                Target first = found.putIfAbsent(target.id(), target);
                if (first != null && !first.url().equals(target.url())) {
                    problems.put(
                            file.path() + ": " + target.id() + " is named twice; only " + first.url() + " is scraped",
                            Source.DUPLICATE);
                }
            });
        }
        inCluster(problems).forEach(target -> found.putIfAbsent(target.id(), target));
        tell(problems);
        List<Target> now = found.values().stream()
                .filter(target -> named.contains(target) || settings.share().has(target))
                .toList();
        if (!now.equals(targets)) {
            targets = now;
        }
    }

    private List<Target> read(TargetFile file, Map<String, Source> problems) {
        try {
            lastGood.put(file, file.read());
        } catch (TargetFile.UnusableException e) {
            TargetFile.Content kept = lastGood.get(file);
            problems.put(
                    e.getMessage() + "; "
                            + (kept == null
                                    ? "it has given no target yet"
                                    : "its last " + kept.targets().size() + " targets are kept"),
                    Source.FILE);
        }
        TargetFile.Content content = lastGood.get(file);
        if (content == null) {
            return List.of();
        }
        content.problems().forEach(problem -> problems.put(problem, Source.ENTRY));
        return content.targets();
    }

    /** Listed now, or API servers that were not long ago. */
    private List<Target> inCluster(Map<String, Source> problems) {
        if (cluster.isEmpty()) {
            return List.of();
        }
        if (cluster.get().current()) {
            clusterFailure = "";
        } else if (!clusterFailure.isEmpty()) {
            problems.put(clusterFailure, Source.KUBERNETES);
        }
        long now = nanos.getAsLong();
        List<Target> listed = cluster.get().targets();
        listed.forEach(target -> lastListed.put(target, now));
        lastListed
                .entrySet()
                .removeIf(entry ->
                        now - entry.getValue() > (entry.getKey().kind() == Target.Kind.APISERVER ? LINGER_NANOS : 0));
        var all = new ArrayList<>(listed);
        lastListed.keySet().stream().filter(target -> !listed.contains(target)).forEach(all::add);
        return all;
    }

    private void clusterFailed(String why) {
        // Every attempt words it differently; what stands is what was said first.
        if (clusterFailure.isEmpty()) {
            clusterFailure = why;
        }
    }

    private void tell(Map<String, Source> problems) {
        problems.forEach((problem, source) -> {
            metrics.discoveryProblem(source);
            if (standing.add(problem)) {
                LOG.warn("Looking for targets: {} ({})", problem, ScrapeMetrics.label(source));
            }
        });
        standing.removeIf(problem -> {
            boolean over = !problems.containsKey(problem);
            if (over) {
                LOG.info("Looking for targets: no longer: {}", problem);
            }
            return over;
        });
    }
}
