package dev.andon.connect.watch;

import dev.andon.schema.ClusterInfo;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time at what Andon wants to know of a cluster itself, and says what has changed. A look is one small
 * request for the number of nodes and one for each Corefile: a watch of all nodes would bring thousands of large objects,
 * which change all the time, for one number. An API server that does not answer is asked less and less often.
 */
final class ClusterFacts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatchSourceTask.class);
    private static final int MOST_DOUBLINGS = 4;
    private static final String KEY = "Corefile";
    private static final int FORBIDDEN = 403;

    private final WatchSettings settings;
    private final KubernetesClient client;
    private final Clock clock;
    private final Telling telling;
    private final ScheduledExecutorService looking;
    private final Map<ConfigMapName, String> refusedVersions = new HashMap<>();
    private final Set<String> forbidden = new HashSet<>();
    private Facts said = Facts.NONE;
    private Instant saidAt = Instant.MIN;
    private int failures;

    /** Who is told. Called by one thread; may block until there is room. */
    interface Telling {
        void tell(ClusterInfo info);

        /** Of a version of a Corefile this is said once. */
        void refused(ConfigMapName where, RefusedException why);
    }

    /** @param client is closed by whoever made it */
    ClusterFacts(WatchSettings settings, KubernetesClient client, Clock clock, Telling telling) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.telling = telling;
        this.looking = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "facts-of-" + settings.cluster());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to look and does not wait for the first answer. Without anything wanted it never asks. */
    void start() {
        if (!settings.facts().wanted().isEmpty()) {
            looking.execute(this::lookAgainAndAgain);
        }
    }

    private void lookAgainAndAgain() {
        Duration pause = look();
        try {
            var unused = looking.schedule(this::lookAgainAndAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("No more looks at {}", settings.cluster());
        }
    }

    /** @return how long to wait before the next look */
    Duration look() {
        try {
            tell(new Facts(nodes(), dnsCache()));
            failures = 0;
        } catch (RuntimeException e) {
            // A token file that is away for a moment fails in another way than a request, and is no more of a reason to
            // end.
            failed(e);
        }
        return settings.facts().interval().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    }

    /** Said once when it begins. */
    private void failed(RuntimeException failure) {
        failures++;
        if (failures == 1 && !looking.isShutdown()) {
            LOG.warn(
                    "Looking up facts about {} failed and is tried again: {}",
                    settings.cluster(),
                    failure.getMessage());
        }
    }

    private void tell(Facts seen) {
        Instant now = clock.instant();
        Duration since = saidAt.equals(Instant.MIN) ? Duration.ZERO : Duration.between(saidAt, now);
        if (seen.worthTelling(said, since)) {
            said = seen;
            saidAt = now;
            telling.tell(info(seen, now));
        }
    }

    @SuppressWarnings("NullAway") // the generated setters take null for a field that is absent
    private ClusterInfo info(Facts seen, Instant now) {
        return ClusterInfo.newBuilder()
                .setTime(now)
                .setCluster(settings.cluster())
                .setNodes(seen.nodes().isPresent() ? (Long) seen.nodes().getAsLong() : null)
                .setDnsCacheSeconds(seen.dnsCache().map(Duration::toSeconds).orElse(null))
                .build();
    }

    /** The first node, and how many more there are. Without a resourceVersion, because with 0 the limit is not heeded. */
    private OptionalLong nodes() {
        if (!settings.facts().wanted().contains(ClusterFact.NODES)) {
            return OptionalLong.empty();
        }
        Optional<NodeList> first = allowed("list nodes", () -> client.nodes()
                .list(new ListOptionsBuilder().withLimit(1L).build()));
        return first.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(first.get().getItems().size()
                        + Objects.requireNonNullElse(first.get().getMetadata().getRemainingItemCount(), 0L));
    }

    /** What is not there caches nothing; of what cannot be read that cannot be said. */
    private Optional<Duration> dnsCache() {
        if (!settings.facts().wanted().contains(ClusterFact.DNS_CACHE)) {
            return Optional.empty();
        }
        boolean known = true;
        var chain = new ArrayList<DnsCaching>();
        for (ConfigMapName where : settings.facts().corefiles()) {
            Optional<Optional<ConfigMap>> answer = allowed(
                    "get the ConfigMap " + where,
                    () -> Optional.ofNullable(client.configMaps()
                            .inNamespace(where.namespace())
                            .withName(where.name())
                            .get()));
            if (answer.isPresent() && answer.get().isEmpty()) {
                continue;
            }
            Optional<DnsCaching> caching = answer.flatMap(there -> there).flatMap(there -> caching(where, there));
            caching.ifPresent(chain::add);
            known &= caching.isPresent();
        }
        return known ? DnsCaching.chain(chain) : Optional.empty();
    }

    private Optional<DnsCaching> caching(ConfigMapName where, ConfigMap found) {
        String corefile = found.getData() == null ? null : found.getData().get(KEY);
        try {
            if (corefile == null) {
                throw new RefusedException(Refusal.BAD_COREFILE, "the ConfigMap has no key " + KEY);
            }
            Optional<DnsCaching> caching = DnsCaching.of(corefile);
            refusedVersions.remove(where);
            return caching;
        } catch (RefusedException why) {
            String version = String.valueOf(found.getMetadata().getResourceVersion());
            if (!version.equals(refusedVersions.put(where, version))) {
                LOG.warn("The Corefile in {} of {} is refused: {}", where, settings.cluster(), why.getMessage());
                telling.refused(where, why);
            }
            return Optional.empty();
        }
    }

    /** What may be asked and answers. */
    private interface Question<T> {
        T ask();
    }

    /** @return empty when the token may not ask that, which is said once */
    private <T> Optional<T> allowed(String what, Question<T> question) {
        try {
            T answer = question.ask();
            forbidden.remove(what);
            return Optional.of(answer);
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                throw e;
            }
            if (forbidden.add(what)) {
                LOG.warn(
                        "The token may not {} of {} (403), so what this would tell is not told; see"
                                + " kubernetes-watch-rbac.yaml, or leave it out of cluster.facts",
                        what,
                        settings.cluster());
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
